[<RequireQualifiedAccess>]
type C = Red | Green
let c = Red
