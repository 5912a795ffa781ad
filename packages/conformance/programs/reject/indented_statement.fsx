printfn "a"
  printfn "b"
