// offers: line : string
let show (lines: string list) =
    for line in lines do
        printfn "%s" li‸
