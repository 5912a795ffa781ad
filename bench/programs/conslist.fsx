let run () =
    List.init 100_000 (fun i -> i)
    |> List.map (fun x -> x * 3)
    |> List.filter (fun x -> x > 150_000)
    |> List.fold (fun sum x -> sum + x) 0
