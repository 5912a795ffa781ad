// Bank account simulation
type Currency = EUR | USD | GBP

type Money = { Amount: float; Currency: Currency }

type Transaction =
    | Deposit of Money
    | Withdrawal of Money
    | Transfer of target: string * amount: Money

type Account =
    { Id: string
      Owner: string
      Balance: Money
      History: Transaction list }

type BankError =
    | InsufficientFunds of needed: float * available: float
    | CurrencyMismatch of expected: Currency * actual: Currency
    | AccountNotFound of string
    | InvalidAmount of float

let money amount currency = { Amount = amount; Currency = currency }

let zero currency = money 0.0 currency

let openAccount id owner currency =
    { Id = id; Owner = owner; Balance = zero currency; History = [] }

let validate (m: Money) =
    if m.Amount <= 0.0 then Error(InvalidAmount m.Amount) else Ok m

let sameCurrency (account: Account) (m: Money) =
    if account.Balance.Currency = m.Currency then Ok m
    else Error(CurrencyMismatch(account.Balance.Currency, m.Currency))

let deposit (m: Money) account =
    validate m
    |> Result.bind (sameCurrency account)
    |> Result.map (fun m ->
        { account with
            Balance = { account.Balance with Amount = account.Balance.Amount + m.Amount }
            History = Deposit m :: account.History })

let withdraw (m: Money) account =
    validate m
    |> Result.bind (sameCurrency account)
    |> Result.bind (fun m ->
        if m.Amount > account.Balance.Amount then
            Error(InsufficientFunds(m.Amount, account.Balance.Amount))
        else
            Ok
                { account with
                    Balance = { account.Balance with Amount = account.Balance.Amount - m.Amount }
                    History = Withdrawal m :: account.History })

let describe error =
    match error with
    | InsufficientFunds(needed, available) -> sprintf "need %.2f but only %.2f available" needed available
    | CurrencyMismatch(e, a) -> sprintf "expected %A but got %A" e a
    | AccountNotFound id -> sprintf "no account %s" id
    | InvalidAmount a -> sprintf "invalid amount %g" a

let mutable bank : Map<string, Account> = Map.empty

let register account = bank <- bank |> Map.add account.Id account

let find id =
    match Map.tryFind id bank with
    | Some a -> Ok a
    | None -> Error(AccountNotFound id)

let transfer fromId toId m =
    find fromId
    |> Result.bind (fun source ->
        find toId
        |> Result.bind (fun target ->
            withdraw m source
            |> Result.bind (fun source' ->
                deposit m target
                |> Result.map (fun target' ->
                    let source'' = { source' with History = Transfer(toId, m) :: List.tail source'.History }
                    register source''
                    register target'
                    (source'', target')))))

register (openAccount "A1" "Ann" EUR)
register (openAccount "B2" "Bob" EUR)
register (openAccount "C3" "Cy" USD)

let run label result =
    match result with
    | Ok _ -> printfn "%-24s ok" label
    | Error e -> printfn "%-24s failed: %s" label (describe e)

let depositTo id m = find id |> Result.bind (deposit m) |> Result.map register

run "deposit A1 100" (depositTo "A1" (money 100.0 EUR))
run "deposit C3 50 EUR" (depositTo "C3" (money 50.0 EUR))
run "deposit C3 -1" (depositTo "C3" (money -1.0 USD))
run "deposit X" (depositTo "X" (money 1.0 USD))
run "transfer A1 B2 30.5" (transfer "A1" "B2" (money 30.5 EUR))
run "transfer A1 B2 100" (transfer "A1" "B2" (money 100.0 EUR))
run "transfer A1 C3 10" (transfer "A1" "C3" (money 10.0 EUR))

for KeyValue(id, account) in bank do
    printfn "%s %-4s %8.2f %A (%d transactions)" id account.Owner account.Balance.Amount account.Balance.Currency account.History.Length

printfn "%A" bank.["A1"]
printfn "%A" (bank |> Map.toList |> List.map (fun (k, a) -> k, a.Balance))
let total = bank |> Map.fold (fun acc _ a -> if a.Balance.Currency = EUR then acc + a.Balance.Amount else acc) 0.0
printfn "Total EUR: %.3f" total
printfn "%b" (bank.ContainsKey "A1")
printfn "%A" (find "nope")
