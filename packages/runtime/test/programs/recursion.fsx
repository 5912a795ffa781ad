let rec forever (n: int) : int = forever (n + 1)

let rec bottomless (n: int) : int = 1 + bottomless (n + 1)

let rec depth (n: int) : int = if n = 0 then 0 else 1 + depth (n - 1)

let rec steps (n: int) (done': int) : int = if n = 0 then done' else steps (n - 1) (done' + 1)

let ping () : string = "pong"
