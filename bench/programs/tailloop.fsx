let rec loop i sum = if i > 10_000_000 then sum else loop (i + 1) (sum + i)

let run () = loop 1 0
