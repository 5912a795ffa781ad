// what is broken elsewhere does not matter
// offers: Name; Age
type Person = { Name: string; Age: int }
let wrong = )
let also (= 3
let show (p: Person) = p.‸
let unknown = nothing + 1
