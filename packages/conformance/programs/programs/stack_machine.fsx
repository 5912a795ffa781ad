// stack vm
type Instr =
    | Push of int
    | AddI
    | MulI
    | Dup
    | Swap
    | Jmpz of int
    | Jmp of int
    | Print
    | Halt
type Machine = { Stack: int list; Pc: int; Out: string list; Steps: int }
let step (prog: Instr[]) m =
    let next = { m with Pc = m.Pc + 1; Steps = m.Steps + 1 }
    match prog.[m.Pc], m.Stack with
    | Push n, st -> Some { next with Stack = n :: st }
    | AddI, a :: b :: st -> Some { next with Stack = a + b :: st }
    | MulI, a :: b :: st -> Some { next with Stack = a * b :: st }
    | Dup, a :: st -> Some { next with Stack = a :: a :: st }
    | Swap, a :: b :: st -> Some { next with Stack = b :: a :: st }
    | Jmpz target, 0 :: st -> Some { next with Stack = st; Pc = target }
    | Jmpz _, _ :: st -> Some { next with Stack = st }
    | Jmp target, _ -> Some { next with Pc = target }
    | Print, a :: st -> Some { next with Stack = st; Out = string a :: m.Out }
    | Halt, _ -> None
    | i, st -> failwithf "stack underflow at %d: %A with %A" m.Pc i st
let rec run prog m =
    if m.Steps > 1000 then failwith "too many steps"
    match step prog m with
    | Some m' -> run prog m'
    | None -> m
let init = { Stack = []; Pc = 0; Out = []; Steps = 0 }
let countdown =
    [| Push 3; Dup; Print; Push -1; AddI; Dup; Jmpz 8; Jmp 1; Halt |]
let final = run countdown init
printfn "%s in %d steps" (final.Out |> List.rev |> String.concat " ") final.Steps
try
    run [| Push 1; AddI |] init |> ignore
with Failure msg -> printfn "error: %s" msg
try run [| Jmp 0 |] init |> ignore with Failure msg -> printfn "error: %s" msg
printfn "%A" { final with Steps = 0 }
