// the sum stays within 32 bits
let run () =
    let mutable sum = 0
    for i = 1 to 10_000_000 do
        sum <- sum + i % 3
    sum
