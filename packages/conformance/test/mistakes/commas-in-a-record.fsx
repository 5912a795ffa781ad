type Person = { Name: string; Age: int }
let p = { Name = "A", Age = 1 }
