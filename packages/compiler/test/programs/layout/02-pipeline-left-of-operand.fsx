let shout = "hey"
    |> String.trim
    |> String.toUpper
