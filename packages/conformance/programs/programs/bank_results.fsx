// bank accounts
type Transaction =
    | Deposit of amount: decimal
    | Withdraw of amount: decimal
    | Transfer of toAccount: string * amount: decimal

type Account = { Id: string; Owner: string; Balance: decimal; History: Transaction list }

type BankError =
    | AccountNotFound of string
    | InsufficientFunds of needed: decimal * available: decimal
    | InvalidAmount of decimal

type Bank = Map<string, Account>

module Bank =
    let empty : Bank = Map.empty
    let openAccount id owner (bank: Bank) : Bank =
        bank |> Map.add id { Id = id; Owner = owner; Balance = 0m; History = [] }
    let private find id (bank: Bank) =
        match Map.tryFind id bank with
        | Some a -> Ok a
        | None -> Error (AccountNotFound id)
    let private positive amount =
        if amount > 0m then Ok amount else Error (InvalidAmount amount)
    let apply id tx (bank: Bank) =
        find id bank
        |> Result.bind (fun acc ->
            match tx with
            | Deposit a ->
                positive a
                |> Result.map (fun a -> Map.add id { acc with Balance = acc.Balance + a; History = tx :: acc.History } bank)
            | Withdraw a ->
                positive a
                |> Result.bind (fun a ->
                    if acc.Balance < a then Error (InsufficientFunds (a, acc.Balance))
                    else Ok (Map.add id { acc with Balance = acc.Balance - a; History = tx :: acc.History } bank))
            | Transfer (target, a) ->
                find target bank
                |> Result.bind (fun dest ->
                    if acc.Balance < a then Error (InsufficientFunds (a, acc.Balance))
                    else
                        bank
                        |> Map.add id { acc with Balance = acc.Balance - a; History = tx :: acc.History }
                        |> Map.add target { dest with Balance = dest.Balance + a }
                        |> Ok))

let steps =
    [ "alice", Deposit 100m
      "alice", Withdraw 30m
      "alice", Transfer ("bob", 50m)
      "bob", Withdraw 80m
      "carol", Deposit 1m
      "bob", Deposit -5m ]

let final, errors =
    steps
    |> List.fold (fun (bank, errs) (id, tx) ->
        match Bank.apply id tx bank with
        | Ok b -> b, errs
        | Error e -> bank, e :: errs) (Bank.empty |> Bank.openAccount "alice" "Alice" |> Bank.openAccount "bob" "Bob", [])

for KeyValue (id, a) in final do
    printfn "%s (%s): %.2f, %d tx" id a.Owner a.Balance a.History.Length

errors |> List.rev |> List.iter (printfn "%A")

let message = function
    | AccountNotFound id -> $"no account {id}"
    | InsufficientFunds (needed = n; available = a) -> $"need {n} but only {a}"
    | InvalidAmount a -> $"bad amount {a}"
errors |> List.rev |> List.map message |> List.iteri (fun i m -> printfn "%d. %s" (i + 1) m)
printfn "%A" final.["alice"]
