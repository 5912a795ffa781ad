// offers: Street : string; Number
type Address = { Street: string; Number: int }
type Person = { Name: string; Home: Address }
let street (person: Person) = person.Home.‸
