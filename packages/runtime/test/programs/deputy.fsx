let mutable state = "fresh"
let mutable heard: string list = []

let store (name: string) (text: string) = File.write ("data/" + name) text
let fetch (name: string) = File.read ("data/" + name)
let wipe () = File.write "data/a.txt" ""

let init () = state <- state + ", started"
let cleanup () = state <- state + ", cleaned up"
let save_state () = state
let restore_state (kept: string) = state <- kept
let on_message (message: {| data: any; from: string; topic: string |}) =
    heard <- (message.from + " says " + message.topic) :: heard

let current () = state
let news () = heard
let apply (work: any) = work
let reader () : any = File.read :> any
let spin () = (let rec go n = go (n + 1) in go 0)
let back (plugin: string) (name: string) (args: any list) = Plugin.call plugin name args

let offer () =
    Commands.register
        {| id = "wipe"; name = "Wipe"; description = ""; category = "test"; handler = fun () -> wipe () |}
