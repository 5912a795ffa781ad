// Several mutable values of one `let`, names that hide others, and functions that share what the members assign.
type Cache<'k, 'v when 'k: comparison>(compute: 'k -> 'v, limit: int) =
    let mutable items: Map<'k, 'v> = Map.empty
    let mutable order: 'k list = []
    let mutable hits, misses = 0, 0

    let evict () =
        match List.rev order with
        | oldest :: _ when items.Count > limit ->
            items <- Map.remove oldest items
            order <- List.filter ((<>) oldest) order
        | _ -> ()

    member _.Get k =
        match Map.tryFind k items with
        | Some v ->
            hits <- hits + 1
            v
        | None ->
            misses <- misses + 1
            let v = compute k
            items <- Map.add k v items
            order <- k :: order
            evict ()
            v

    member _.Stats = hits, misses, items.Count

let cache = Cache((fun (s: string) -> s.Length), 2)
printfn "%A" [ for key in [ "a"; "bb"; "a"; "ccc"; "a"; "bb"; "bb" ] -> cache.Get key ]
printfn "%A" cache.Stats

type Hidden(x: int) =
    let x = x + 1
    let early () = x
    let x = x * 10
    let mutable (low, high), name = (x, x + 1), "h"

    let widen () =
        let before = high - low
        low <- low - 1
        high <- high * 2
        before

    let twice () = widen () + widen ()
    member _.Early = early ()
    member _.X = x
    member _.Twice() = twice ()
    member _.Range = low, high

    member _.Name
        with get () = name
        and set text = name <- name + text

let hidden = Hidden 4
hidden.Name <- "i"
hidden.Name <- "d"
printfn "%d %d %d %A %s" hidden.Early hidden.X (hidden.Twice()) hidden.Range hidden.Name
