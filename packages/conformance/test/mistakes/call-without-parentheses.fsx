let greet name = "Hello " + name
printfn "%s" greet "Bob"
