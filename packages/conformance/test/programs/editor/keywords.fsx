// offers: match; let; if; function
// never: notThere
let f x =
    ‸
