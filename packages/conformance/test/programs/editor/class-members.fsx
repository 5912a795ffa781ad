// offers: Greet; Name
// never: name, count
type Person(name: string) =
    let count = 1
    member _.Name = name
    member _.Greet(other: string) = other + name
let person = Person("Ada")
person.‸
