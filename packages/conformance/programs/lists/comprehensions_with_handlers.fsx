// `try` in lists and arrays: what was yielded before the exception stays.
let divided =
    [ for n in 1..3 do
          try
              yield n * 10
              yield 6 / (2 - n)
              yield n * 100
          with :? System.DivideByZeroException ->
              yield -1 ]

printfn "%A" divided

exception Stop of int * string

let parts =
    [| try
           for n in 1..5 do
               if n = 3 then raise (Stop(n, "three"))
               yield n
       with
       | Stop (n, text) when n > 3 -> yield 1000
       | Stop (n, text) ->
           yield n * 100
           for c in text do
               yield int c
       | Failure _ -> yield -1 |]

printfn "%A" parts

let without =
    [ try
          1
          failwith "two"
          2
      with
      | Failure "one" -> 10
      | Failure _ ->
          20
          30 ]

printfn "%A" without

let nested =
    [ for n in 0..3 do
          try
              try
                  yield [ n ]
                  if n = 2 then failwith "n"
                  yield [ 10 / n ]
              finally
                  printfn "left %d" n
          with
          | Failure text -> yield []
          | :? System.DivideByZeroException -> yield! [ [ -1 ]; [ -2 ] ] ]

printfn "%A" nested

let missed =
    try
        [ try
              yield 1
              failwith "not here"
          with Stop (n, _) ->
              yield n ]
    with Failure text ->
        [ text.Length ]

printfn "%A" missed
