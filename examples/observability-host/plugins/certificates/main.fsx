// How many days the certificate that ends first is still good. Each line of the file: a name, and a number of days.
let mutable next: (string * int) option = None

let private parse (line: string) =
    match String.split " " line with
    | [ name; days ] -> String.toInt days |> Option.map (fun days -> name, days)
    | _ -> None

let collect () =
    next <-
        File.readLines "certificates.txt"
        |> List.choose parse
        |> List.sortBy snd
        |> List.tryHead
    match next with
    | Some(_, days) -> Metrics.gaugeSet "certificate_days_left" days
    | None -> ()

let health_check () : Result<string, string> =
    match next with
    | None -> Error "knows no certificate"
    | Some(name, days) when days < 14 -> Error $"{name} ends in {days} days"
    | Some(name, days) -> Ok $"{name} is good for {days} days"
