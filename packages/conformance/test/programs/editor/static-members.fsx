// offers: Create
// never: Greeting
type Person =
    { Name: string }
    member this.Greeting = "Hello, " + this.Name
    static member Create name = { Name = name }
let ada = Person.‸
