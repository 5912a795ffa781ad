let a = 1 + 2.0 //! FUS0301 Expected int, got float
let b = "a" + 1 //! FUS0301 Expected string, got int
let c = if true then 1 else "x" //! FUS0301 Expected int, got string
let d = [ 1; "x" ] //! FUS0301 Expected int, got string
let e: string = 5 //! FUS0301 Expected string, got int
let f = true + false //! FUS0303 '+' does not work on bool
let g = -"x" //! FUS0303 '-' does not work on string
let h = (fun x -> x) = (fun x -> x) //! FUS0307 Functions cannot be compared
let i = id < id //! FUS0307 Functions cannot be compared
let j x = x x //! FUS0302 The type 'a -> 'b would contain itself
let k = 3 4 //! FUS0311 This is not a function; it cannot take 1 argument
let l = if 1 then 2 else 3 //! FUS0301 Expected bool, got int
let m = fst (1, 2, 3) //! FUS0301 Expected 'a * 'b, got int * int * int
let n = List.map 1 [ 2 ] //! FUS0301 Expected 'a -> 'b, got int
let o = undefinedName + 1 //! FUS0201 'undefinedName' is not defined
let p = List.mapp id [] //! FUS0205 'List' has no member 'mapp'
let q = Lisst.map id [] //! FUS0204 Module 'Lisst' is not defined
let r = List //! FUS0209 'List' is a module, not a value
let s: strin = "" //! FUS0203 Type 'strin' is not defined
let t: int list list option = Some [ 1 ] //! FUS0301 Expected int list, got int
let u: Map<string> = Map.empty //! FUS0206 Type 'Map' expects 2 type arguments
let v: bool<string> = 1 //! FUS0324 Type 'bool' has no type argument
let w = 5
w <- 6 //! FUS0314 'w' is not mutable
let x = for i in 5 do ignore i //! FUS0305 int cannot be iterated
let y = (5).[0] //! FUS0306 int cannot be indexed
let z = if true then 5 //! FUS0315 A branch without value where int is expected
let aa = raise "text" //! FUS0327 'exn' expected after raise
let bb = null //: any
let cc: string = null //! FUS0326 'null' needs a host object type or `any`
let dd = (1, 2) = (1, 2, 3) //! FUS0301 Expected int * int, got int * int * int
let ee = "text" :?> int //! FUS0321 Cannot cast string to int
let ff = laterOn 1 //! FUS0201 'laterOn' is not defined
let laterOn x = x
let gg = compare id id //! FUS0307 Functions cannot be compared
