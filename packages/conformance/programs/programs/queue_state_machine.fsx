// state machine + queue module with abstract-like API
module Queue =
    type Queue<'a> = { Front: 'a list; Back: 'a list }
    let empty = { Front = []; Back = [] }
    let push x q = { q with Back = x :: q.Back }
    let rec pop q =
        match q with
        | { Front = []; Back = [] } -> None
        | { Front = [] } -> pop { Front = List.rev q.Back; Back = [] }
        | { Front = x :: rest } -> Some (x, { q with Front = rest })
    let ofSeq xs = List.fold (fun q x -> push x q) empty xs
    let rec drain q = match pop q with None -> [] | Some (x, q) -> x :: drain q
type State = Idle | Running of pid: int | Blocked of pid: int * reason: string | Done
type Event = Start of int | Wait of string | Resume | Stop
let transition state event =
    match state, event with
    | Idle, Start pid -> Running pid
    | Running pid, Wait why -> Blocked (pid, why)
    | Blocked (pid, _), Resume -> Running pid
    | (Running _ | Blocked _), Stop -> Done
    | s, _ -> s
let show = function
    | Idle -> "idle"
    | Running p -> sprintf "running %d" p
    | Blocked (p, r) -> sprintf "blocked %d on %s" p r
    | Done -> "done"
let q = Queue.ofSeq [ Wait "x"; Start 4; Resume; Wait "disk"; Resume; Stop; Start 9 ]
let final =
    Queue.drain q
    |> List.scan transition Idle
    |> List.map show
final |> List.iteri (printfn "%d %s")
