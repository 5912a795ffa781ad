// the innermost binding of a name counts
// offers: value : string
let value = 1
let f (value: string) = val‸
