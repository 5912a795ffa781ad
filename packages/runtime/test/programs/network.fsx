let mutable heard: string list = []

let listen (topic: string) =
    Events.subscribe topic (fun message -> heard <- (message.topic + "=" + Json.stringify message.data) :: heard)

let listenBadly (topic: string) = Events.subscribe topic (fun message -> failwith "no")
let news () = heard
let tell (plugin: string) (topic: string) (data: any) = Plugin.send plugin topic data

let ask (plugin: string) (name: string) (args: any list) = Plugin.call plugin name args
let add (a: int) (b: int) = a + b
let work (n: int) = List.sum [ 1 .. n ]
let who () = Plugin.name () + " " + Plugin.version ()

let offer () =
    Commands.register
        {| id = "news"; name = "News"; description = ""; category = "test"; handler = fun () -> heard <- "asked" :: heard |}

let announce (text: string) = Events.emit "announced" text
