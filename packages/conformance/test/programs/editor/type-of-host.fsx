// type: (int -> string) -> int list -> string list at 2:10
let ys = ‸List.map string [1; 2]
