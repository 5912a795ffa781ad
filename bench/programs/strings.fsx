let run () =
    let mutable s = ""
    for i = 0 to 99_999 do
        s <- s + $"item{i},"
    s.Split(',') |> String.concat ";" |> String.length
