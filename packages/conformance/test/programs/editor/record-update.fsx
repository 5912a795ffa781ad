// offers: Age : int; Name
type Person = { Name: string; Age: int }
let older person = { (person: Person) with ‸ }
