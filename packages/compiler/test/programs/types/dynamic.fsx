let parsed = Json.parse "{}" //: any
let name: string = parsed.name //: string
let count = parsed.items.[0].count + 1 //: int
let both = parsed + parsed //: any
let rows: (string * any) list = [ ("k", "v"); ("n", 3) ] //: (string * any) list
let compared = parsed = 1 //: bool
let called = parsed.run(1, "a") //: any
for item in parsed do print item
let text = if parsed :? string then "s" else "o" //: string
let cast = parsed :?> int //: int
let listOf (xs: any list) = List.map (fun x -> x.id) xs //: any list -> any list
