type Direction =
    | North
    | South
    | East
    | West

    member this.Opposite =
        match this with
        | North -> South
        | South -> North
        | East -> West
        | West -> East

    static member All = [ North; South; East; West ]

type Item = Lamp | Key | Sword of damage: int

type Room =
    { Name: string
      Exits: Map<Direction, string>
      Items: Set<string> }

type State =
    | Exploring of room: string * inventory: Item list
    | Won of turns: int
    | Dead of reason: string

type Command =
    | Go of Direction
    | Take of string
    | Look
    | Inventory
    | Unknown of string

module World =
    let private room name exits items =
        name, { Name = name; Exits = Map.ofList exits; Items = Set.ofList items }

    let rooms =
        Map.ofList
            [ room "hall" [ North, "library"; East, "cellar" ] [ "lamp" ]
              room "library" [ South, "hall" ] [ "key"; "book" ]
              room "cellar" [ West, "hall"; North, "vault" ] []
              room "vault" [ South, "cellar" ] [ "gold" ] ]

    let tryRoom name = rooms |> Map.tryFind name

let parse (line: string) =
    match line.ToLower().Split ' ' |> List.ofArray with
    | [ "n" ] | [ "go"; "north" ] -> Go North
    | [ "s" ] | [ "go"; "south" ] -> Go South
    | [ "e" ] | [ "go"; "east" ] -> Go East
    | [ "w" ] | [ "go"; "west" ] -> Go West
    | [ "take"; item ] -> Take item
    | "look" :: _ -> Look
    | [ "inv" ] | [ "inventory" ] -> Inventory
    | words -> Unknown(String.concat "_" words)

let itemOf = function
    | "lamp" -> Some Lamp
    | "key" -> Some Key
    | "sword" -> Some(Sword 5)
    | _ -> None

let step turn state command =
    match state, command with
    | (Won _ | Dead _), _ -> state, "The game is over."
    | Exploring(name, inv), Go dir ->
        let room = World.rooms.[name]
        match room.Exits |> Map.tryFind dir with
        | None -> state, sprintf "You cannot go %A." dir
        | Some "vault" when not (List.contains Key inv) -> state, "The vault is locked."
        | Some "vault" -> Won turn, "You open the vault!"
        | Some "cellar" when not (inv |> List.exists ((=) Lamp)) -> Dead "darkness", "It is dark. Something eats you."
        | Some next -> Exploring(next, inv), $"You are in the {next}."
    | Exploring(name, inv), Take what ->
        let room = World.rooms.[name]
        if room.Items.Contains what then
            match itemOf what with
            | Some item when not (List.contains item inv) -> Exploring(name, item :: inv), "Taken: " + what
            | Some _ -> state, "You have it already."
            | None -> state, "You cannot carry the " + what
        else
            state, "There is no " + what
    | Exploring(name, _), Look ->
        match World.tryRoom name with
        | Some { Items = items; Exits = exits } ->
            state, sprintf "%s: items %A, exits %A" name (Set.toList items) (exits |> Map.toList |> List.map fst)
        | None -> state, "?"
    | Exploring(_, inv), Inventory -> state, (match inv with [] -> "nothing" | xs -> sprintf "%A" (List.rev xs))
    | Exploring _, Unknown text -> state, "What is " + text + "?"

let play commands =
    printfn "--- new game"
    let final =
        commands
        |> List.map parse
        |> List.indexed
        |> List.fold
            (fun state (i, command) ->
                let next, message = step (i + 1) state command
                printfn "%2d %-12s %s" (i + 1) (sprintf "%A" command) message
                next)
            (Exploring("hall", []))
    printfn "=> %A" final

play [ "look"; "e"; "look" ]
play [ "take lamp"; "TAKE lamp"; "n"; "look"; "take book"; "take key"; "inv"; "w"; "dance now"; "s"; "e"; "go north"; "look" ]
printfn "%A" (Direction.All |> List.map (fun d -> d, d.Opposite))
printfn "%A" (Sword 3)
printfn "%b" (Sword 3 = Sword(damage = 3))
