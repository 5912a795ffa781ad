let rec value () : int list = if false then list2 () else obj ()
and list2 () = if true then [] else value ()
and obj () = if true then [] else value ()
printfn "%A" (value ())
