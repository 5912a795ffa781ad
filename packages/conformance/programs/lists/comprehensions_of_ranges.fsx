// A range in brackets is a list, also where a comprehension yields it without a word; a range without them is not.
printfn "%A" [ for n in 1..3 do [ 1..n ] ]
printfn "%A" [| for n in 1..2 do [| n..2 |] |]
printfn "%A" [ if true then [ 1..2 ] ]
printfn "%A" [ match 3 with 3 -> [ 1..3 ] | _ -> [] ]
printfn "%A" (List.ofSeq (seq { for n in [ 1; 2 ] do [ 1..n ] }))

let steps =
    [ for low in [ 0; 5 ] do
          [ low .. 2 .. low + 4 ]
          [ low + 1 .. -1 .. low ] ]

printfn "%A" steps
printfn "%d" (steps |> List.sumBy List.length)
printfn "%A" [ yield! [ 1..3 ]; yield! [ 5..6 ] ]
