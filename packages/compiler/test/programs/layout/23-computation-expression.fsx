async {
    let! body = fetch url
    if body = "" then return None
    else return Some body
}
