// Option functions that call the program back.

let defaultWith (f: unit -> 'a) option =
    match option with
    | Some x -> x
    | None -> f ()

let map f option =
    match option with
    | Some x -> Some (f x)
    | None -> None

let map2 f option1 option2 =
    match option1, option2 with
    | Some x, Some y -> Some (f x y)
    | _ -> None

let map3 f option1 option2 option3 =
    match option1, option2, option3 with
    | Some x, Some y, Some z -> Some (f x y z)
    | _ -> None

let bind (f: 'a -> 'b option) option =
    match option with
    | Some x -> f x
    | None -> None

let iter (f: 'a -> unit) option =
    match option with
    | Some x -> f x
    | None -> ()

let orElseWith (f: unit -> 'a option) option =
    match option with
    | Some _ -> option
    | None -> f ()

let exists (f: 'a -> bool) option =
    match option with
    | Some x -> f x
    | None -> false

let forall (f: 'a -> bool) option =
    match option with
    | Some x -> f x
    | None -> true

let filter (f: 'a -> bool) option =
    match option with
    | Some x -> if f x then option else None
    | None -> None

let fold f state option =
    match option with
    | Some x -> f state x
    | None -> state

let foldBack f option state =
    match option with
    | Some x -> f x state
    | None -> state
