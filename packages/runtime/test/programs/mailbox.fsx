let mutable received: string list = []

let on_message (message: {| data: any; from: string; topic: string |}) : unit =
    if message.topic = "bad" then failwith "no" else received <- (message.from + ":" + message.topic) :: received

let messages () : string list = List.rev received

let tell (plugin: string) (topic: string) : unit = Plugin.send plugin topic 1

let flood (plugin: string) (count: int) : unit =
    for i in 1 .. count do
        Plugin.send plugin "flood" i

let health_check () : bool = List.length received < 3

let init () : unit = Log.info "ready"
