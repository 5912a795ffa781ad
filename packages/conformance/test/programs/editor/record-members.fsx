// offers: Name; Greeting
// never: Create
type Person =
    { Name: string }
    member this.Greeting = "Hello, " + this.Name
    static member Create name = { Name = name }
let ada = Person.Create "Ada"
printfn "%s" ada.‸
