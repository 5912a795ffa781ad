let run () = Array.init 1_000_000 (fun i -> i * 3) |> Array.length
