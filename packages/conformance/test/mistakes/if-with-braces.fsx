if (1 > 0) {
  printfn "a"
} else {
  printfn "b"
}
