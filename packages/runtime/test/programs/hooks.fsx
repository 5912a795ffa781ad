printfn "top level"

let init () = printfn "init"

let work () : string = "worked"

let cleanup () = printfn "cleanup"
