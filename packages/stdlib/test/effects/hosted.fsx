// What programs do with the modules that their host has a part in.

let mutable seen: string list = []

let listening () =
    let resized = Events.on "resized" (fun (size: any) -> seen <- Json.stringify size :: seen)
    let once = Events.once "resized" (fun (size: any) -> seen <- "once" :: seen)
    let failing = Events.on "bad" (fun (x: int) -> failwith (sprintf "bad %d" x))
    let slow = Events.on "slow" (fun (ms: int) ->
        Async.RunSynchronously (Async.Sleep ms)
        seen <- "slept" :: seen)
    let news = Events.subscribe "news/*" (fun message -> seen <- (message.topic + "=" + Json.stringify message.data) :: seen)
    let broken = Events.subscribe "news/bad" (fun message -> failwith "broken")
    [ resized; once; failing; slow; news; broken ]

let dawdle () =
    Events.subscribe "news/*" (fun message ->
        Async.RunSynchronously (Async.Sleep 100)
        seen <- ("late " + Json.stringify message.data) :: seen)

let emit (name: string) (value: any) = Events.emit name value
let stop (id: int) = Events.off id
let next () =
    let (name, value) = Async.RunSynchronously (Events.nextAsync ())
    name + " " + Json.stringify value

let offer (id: string) (fail: bool) =
    Commands.register
        {| id = id
           name = "Name of " + id
           description = "does something"
           category = "test"
           handler = fun () -> if fail then failwith ("failing " + id) else seen <- id :: seen |}

let invoke (id: string) = Commands.invoke id

let define () =
    Config.define {| name = "port"; configType = "int"; default = Some (ConfigValue.Int 80) |}
    Config.define {| name = "hosts"; configType = "list" |}
    Config.define {| name = "labels"; configType = "map" |}

let port () =
    match Config.get "port" with
    | ConfigValue.Int n -> n
    | _ -> -1

let format () =
    let tab = UIFormatting.onFormatTab (fun tab ->
        [ {| text = sprintf "%d:%s" tab.index tab.title; bold = tab.active; fgColor = Some "green"; bgColor = 5 |} ])
    let odd = UIFormatting.onFormatTab (fun tab -> 5)
    let noText = UIFormatting.onFormatTab (fun tab -> [ {| bold = true |} ])
    let noRecord = UIFormatting.onFormatTab (fun tab -> [ 5 ])
    let left = UIFormatting.onFormatStatusLeft (fun status -> [ {| text = status.time |} ])
    let right = UIFormatting.onFormatStatusRight (fun status -> failwith "no status")
    [ tab; odd; noText; noRecord; left; right ]

let navigate () =
    Nav.setKeymap "Cosmos"
    let a = Nav.registerFocusable "a" "First"
    let b = Nav.registerFocusable "b" "Second"
    let entered = Nav.enterHintMode ()
    Nav.jumpToAnchor "b"

let log (level: string) (text: string) = Log.log level text
let info () = Log.info "where"
let measure () =
    Metrics.counterInc "calls"
    Metrics.counterAdd "bytes" 10
    Metrics.gaugeSet "load" 0.5
    Metrics.gaugeSet "size" 3
    Metrics.histogramObserve "seconds" 2
    Metrics.timed "work" (fun () -> Async.RunSynchronously (Async.Sleep 20))

let terminal () =
    let name = TerminalInfo.getForegroundProcess () |> Option.map (fun p -> p.name, p.pid, p.commandLine)
    name, TerminalInfo.getCurrentWorkingDir (), TerminalInfo.getLine 1, TerminalInfo.getLines 0 5
let titles () = TerminalInfo.getWindowTitle (), TerminalInfo.getTabTitle (), TerminalInfo.getTerminalSize ()
let control () =
    TerminalControl.sendText "ls"
    TerminalControl.sendKeys [ "Enter" ]
    TerminalControl.showToast "done"
    TerminalControl.splitHorizontal (), TerminalControl.splitVertical (), TerminalControl.createTab (),
    [ TerminalControl.closePane 1; TerminalControl.focusPane 2; TerminalControl.closeTab 3; TerminalControl.setTabTitle 4 "t" ]

let callOther (plugin: string) (name: string) (args: any list) = Plugin.call plugin name args
let send (plugin: string) (topic: string) (data: any) = Plugin.send plugin topic data
let version () = Plugin.version ()

let eval (text: string) = Script.eval text
let show (text: string) = Script.evalToString text
let attempt (text: string) = Script.tryEval text
