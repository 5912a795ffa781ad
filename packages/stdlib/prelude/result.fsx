// Result functions that call the program back.

let defaultWith (f: 'e -> 'a) result =
    match result with
    | Ok x -> x
    | Error e -> f e

let map f result =
    match result with
    | Ok x -> Ok (f x)
    | Error e -> Error e

let mapError f result =
    match result with
    | Ok x -> Ok x
    | Error e -> Error (f e)

let bind (f: 'a -> Result<'b, 'e>) result =
    match result with
    | Ok x -> f x
    | Error e -> Error e

let iter (f: 'a -> unit) result =
    match result with
    | Ok x -> f x
    | Error _ -> ()

let exists (f: 'a -> bool) result =
    match result with
    | Ok x -> f x
    | Error _ -> false

let forall (f: 'a -> bool) result =
    match result with
    | Ok x -> f x
    | Error _ -> true

let fold f state result =
    match result with
    | Ok x -> f state x
    | Error _ -> state

let foldBack f result state =
    match result with
    | Ok x -> f x state
    | Error _ -> state
