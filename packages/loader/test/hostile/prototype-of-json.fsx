// Gives an object a prototype through JSON.
// call: attack []
// answers: TEXT __proto__
// record: allowed serialize Json.parse
let attack () =
    let data = Json.parse """{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}"""
    Json.stringify data
