let run (command: string) (args: string list) = Process.run command args
let exec (command: string) (args: string list) = Process.exec command args
let shell (text: string) = Process.runShell text
let later (command: string) (args: string list) = Async.RunSynchronously (Process.runAsync command args)
let spawn (command: string) (args: string list) = Process.spawn command args
let inFolder (command: string) (args: string list) (folder: string) =
    Process.runWith {| command = command; args = args; cwd = folder |}
let withVariable (name: string) (value: string) =
    Process.runWith {| command = "env"; args = []; env = [ (name, value) ] |}
let withTime (command: string) (args: string list) (milliseconds: int) =
    Process.runWith {| command = command; args = args; timeoutMs = milliseconds |}
let quiet (text: string) =
    Process.runWith {| command = "sh"; args = [ "-c"; text ]; captureStdout = false; captureStderr = false |}
let dynamic (options: any) = Process.runWith options
let caught (command: string) (args: string list) =
    try
        let result = Process.run command args
        result.stdout
    with e ->
        e.Message
let setEnv (name: string) (value: string) = Process.setEnv name value
let getEnv (name: string) = Process.env name
let cwd () = Process.cwd ()
let repeated (count: int) = [ for i in 1 .. count -> (Process.spawn "sleep" [ "60" ]).pid ]
