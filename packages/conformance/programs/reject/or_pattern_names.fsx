match Some 1 with
| Some x | None -> 3
