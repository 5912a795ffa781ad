// bank with exceptions and mutable state
exception InsufficientFunds of needed: int * available: int
exception AccountClosed
type Account(owner: string, initial: int) =
    let mutable balance = initial
    let mutable closed = false
    let mutable history : (string * int) list = []
    let log kind amount = history <- (kind, amount) :: history
    let guard () = if closed then raise AccountClosed
    member _.Owner = owner
    member _.Balance = balance
    member this.Deposit(amount) =
        guard ()
        if amount <= 0 then invalidArg "amount" "must be positive"
        balance <- balance + amount
        log "deposit" amount
        this.Balance
    member this.Withdraw amount =
        guard ()
        if amount > balance then raise (InsufficientFunds (amount, balance))
        balance <- balance - amount
        log "withdraw" amount
        this.Balance
    member _.Close() = closed <- true
    member _.History = List.rev history
let attempt name f =
    try
        let r = f ()
        printfn "%s -> %d" name r
    with
    | InsufficientFunds (n, a) -> printfn "%s -> need %d have %d" name n a
    | AccountClosed -> printfn "%s -> closed" name
    | e -> printfn "%s -> other" name
let acc = Account("ann", 100)
attempt "d50" (fun () -> acc.Deposit(50))
attempt "w500" (fun () -> acc.Withdraw 500)
attempt "w30" (fun () -> acc.Withdraw 30)
attempt "d-1" (fun () -> acc.Deposit -1)
acc.Close()
attempt "after" (fun () -> acc.Deposit 1)
for (k, a) in acc.History do printfn "%s %d" k a
printfn "%s has %d" acc.Owner acc.Balance
