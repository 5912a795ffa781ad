module rec Shapes =
    let area shape =
        match shape with
        | Square s -> s * s
        | Group g -> total g.Members
    let total members = members |> List.sumBy area
    type Shape =
        | Square of int
        | Group of Group
    type Group = { Members: Shape list }
let g = Shapes.Group { Members = [ Shapes.Square 2; Shapes.Group { Members = [ Shapes.Square 3 ] } ] }
printfn "%d" (Shapes.area g)
