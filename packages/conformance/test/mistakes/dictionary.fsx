open System.Collections.Generic
let d = Dictionary<string, int>()
