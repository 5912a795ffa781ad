// offers: first : int
let work = async {
    let! first = async { return 1 }
    return fi‸
}
