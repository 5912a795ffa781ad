// defined at 4:17
type Person =
    { Name: string }
    member this.Greeting = "Hello, " + this.Name
let hello (p: Person) = p.‸Greeting
