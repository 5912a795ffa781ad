let limit = 10
let over =
    limit > 5
in over
