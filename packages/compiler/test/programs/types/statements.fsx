let f a b = a + b + 0
f 1 2 //! FUS0410 This int value is discarded
f 1 //! FUS0322 A function value is discarded; 1 argument missing
ignore (f 1 2)
let g () =
    f 1 2 //! FUS0410 This int value is discarded
    f 1 //! FUS0322 A function value is discarded; 1 argument missing
    printfn "%d" 5
    printfn "%d" //! FUS0322 A function value is discarded; 1 argument missing
    3
for i in [ 1 ] do
    i //! FUS0410 This int value is discarded
let five = 5
let minus = five -1 //: int  //! FUS0425 Read as subtraction
let arr = [| 1; 2 |]
arr.[0] <- 5
let changed = arr.[0] <- 9 //: int array  //! FUS0420 This array update yields a new array
let inside = ((arr.[0] <- 9), 1) //: int array * int  //! FUS0420 This array update yields a new array
let viaFunction () = arr.[0] <- 9 //: unit -> unit
let _ = arr.[0] <- 9
let triples = [1, 2, 3] //: (int * int * int) list  //! FUS0423 This list has one element, a tuple
f 3 4
