// Objects of different labels, some inside others, that become records of one type.
type Node = { name: string; size: float; parts: Node array }

let rec total (node: Node) =
    node.size + (node.parts |> Array.sumBy total)

let text =
    """[ { "name": "a", "size": 1, "parts":
            [ { "parts": [], "extra": true, "size": 2.5, "name": "b" },
              { "size": 4.0, "name": "c", "parts": [ { "z": 0, "name": "d", "parts": [], "size": 8 } ] } ],
          "after": "x" },
        { "name": "e", "parts": [], "size": 16 } ]"""

let nodes: Node array = Json.parse text

for node in nodes do
    printfn "%s %.1f" node.name (total node)

let attempt (text: string) =
    try
        let nodes: Node array = Json.parse text
        printfn "%d nodes" nodes.Length
    with e -> printfn "%s" e.Message

attempt """[ { "name": "a", "size": 1, "parts": [ { "name": "b", "size": 1, "parts": [ { "name": "c", "size": "1", "parts": [] } ] } ] } ]"""
attempt """[ { "name": "a", "size": 1, "parts": [] }, { "name": "b", "size": 1 } ]"""
attempt """[ { "name": "a", "size": 1, "parts": [] }, 7 ]"""

let byName: Map<string, Node> =
    nodes |> Array.map (fun node -> node.name, node) |> Map.ofArray

let pairs: (string * float option) list = Map.toList byName |> List.map (fun (name, node) -> name, Some node.size)
printfn "%A" pairs
