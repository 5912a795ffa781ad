// Events: the handlers run one after the other, on the machine's own frames.

// The handlers that are there at the start; one that another has taken off meanwhile is not called.
let emit (name: string) (value: any) =
    for id in Native.eventHandlers name do
        match Native.eventHandler id with
        | Some handler -> handler value
        | None -> ()
    Native.tellHost name value

let emitAsync (name: string) (value: any) = Native.async (fun () -> emit name value)
