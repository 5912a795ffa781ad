let (>>=) m f = Option.bind f m
let (<!>) f m = Option.map f m
let r = Some 3 >>= (fun x -> Some (x + 1)) >>= fun y -> if y > 3 then Some y else None
match r with Some v -> printfn "%d" v | None -> printfn "none"
match (fun x -> x * 2) <!> Some 4 with Some v -> printfn "%d" v | None -> ()
