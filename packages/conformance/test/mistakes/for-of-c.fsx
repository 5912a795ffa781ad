for (i = 0; i < 10; i++) {
    printfn "%d" i
}
