let rec safe (columns: int[]) row column r =
    if r = row then
        true
    else
        let d = columns.[r] - column
        d <> 0 && d <> row - r && d <> r - row && safe columns row column (r + 1)

let rec place (columns: int[]) row n =
    if row = n then
        1
    else
        let mutable count = 0
        for column = 0 to n - 1 do
            if safe columns row column 0 then
                columns.[row] <- column
                count <- count + place columns (row + 1) n
        count

let run () = place (Array.create 9 0) 0 9
