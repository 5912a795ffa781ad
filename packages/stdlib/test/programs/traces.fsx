let divide a b =
    a / b

let careful a b =
    let quotient = divide a b
    quotient + 1

let last a b = divide a b

let middle a b = last a b

let viaTail a =
    let quotient = middle a 0
    quotient + 1

let viaClosure a =
    let inner b =
        let quotient = careful a b
        quotient * 2
    let results = List.map inner [ 1; 0 ]
    List.length results

let viaSort a =
    let sorted = List.sortBy (fun b -> careful a b) [ 1; 0 ]
    List.length sorted

let viaPartial a =
    let apply = careful a
    let result = apply 0
    result + 1

let rec deep n = if n = 0 then careful 1 0 else 1 + deep (n - 1)

let again a =
    let result =
        try
            careful a 0
        with e -> raise e
    result + 1
