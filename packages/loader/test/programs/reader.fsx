let read (path: string) : string = File.read path

let tryRead (path: string) : string =
    try
        File.read path
    with e -> "refused: " + e.Message
