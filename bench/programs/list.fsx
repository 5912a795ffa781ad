let run () =
    Array.init 100_000 (fun i -> i)
    |> Array.map (fun x -> x * 3)
    |> Array.filter (fun x -> x > 150_000)
    |> Array.fold (fun sum x -> sum + x) 0
