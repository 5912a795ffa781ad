type MaybeBuilder() =
    member _.Bind(m, f) = match m with Some v -> f v | None -> None
    member _.Return v = Some v
    member _.Zero() = Some ()
let maybe = MaybeBuilder()
let a = maybe { return 1 } //: int option
let b =
    maybe {
        let! x = Some 1
        let! y = Some "b"
        return (x, y)
    }
let useB = b //: (int * string) option
let c = maybe { yield 1 } //! FUS0317 This builder has no 'Yield'
let d = 5 { return 1 } //! FUS0316 Not a computation builder: int
let e = option { let! x = Some 1
                 return x + 1 }
let useE = e //: int option
let f = result { let! x = Ok 1
                 return string x }
let g: Result<string, int> = f //: Result<string, int>
let wrong = maybe { let! x = 5 //! FUS0301 Expected 'a option, got int
                    return x }
let h = list { for x in [ 1; 2 ] do yield x * 2 } //: int list
