let s =
    text
        .Trim()
        .ToUpper()
