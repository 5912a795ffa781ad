type Person = { Name: string }
let value = { Name = "x" }
printfn "%s %s %s %s" (nameof value) (nameof value.Name) (nameof Person) (nameof List.map)
printfn "%d %f %f %d" (int64 3.9) (double 3) (decimal "1.5") (byte 'a')
printfn "%A" ([ 1.5; 2.5 ] |> List.map int32)
let options: int option array = Array.zeroCreate 2
let lists: int list[] = Array.zeroCreate 2
lists.[1] <- 3 :: lists.[0]
printfn "%A %A %A" options lists (Array.zeroCreate<string option> 1)
let (~%%) x = x * 2
let (~+.) x = x + 0.5
printfn "%d %g" (%%4) (+.1.0)
