// Commands: a handler runs on the machine's own frames, so that it may wait.

let invoke (id: string) =
    match Native.ownCommand id with
    | Some handler -> handler ()
    | None -> Native.invokeElsewhere id
