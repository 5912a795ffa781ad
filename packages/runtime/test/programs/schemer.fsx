let ask (plugin: string) (name: string) (args: any list) = Plugin.call plugin name args
let askCatching (plugin: string) (name: string) (args: any list) =
    try
        Plugin.call plugin name args |> ignore
        "done"
    with e -> e.Message
let hand () = Plugin.call "deputy" "apply" [ fun (text: string) -> text ]
let handInside () = Plugin.call "deputy" "apply" [ [ {| work = [| fun (text: string) -> text |] |} ] ]
let tell (plugin: string) (topic: string) (data: any) = Plugin.send plugin topic data
let invoke (id: string) = Commands.invoke id
let hidden () = "hidden"
let circle (n: int) : any = Plugin.call "deputy" "back" [ "schemer"; "circle"; [ n + 1 ] ]
let fine () = 42
