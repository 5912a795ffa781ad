// Reads what every JavaScript object has from a record.
// call: attack []
// fails: FUS05..
// record: allowed serialize Json.parse
let attack () =
    let data: any = Json.parse "{}"
    data.constructor
