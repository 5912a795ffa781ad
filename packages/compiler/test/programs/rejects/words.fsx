break
let f () = for x in xs do (fun () -> break)
let g = [ for x in xs do break ]
async { for x in xs do continue }
for x in xs do
    while a do break
    continue
return 1
let h = [ return 1 ]
let i = async { yield (return 1) }
let! j = 2
async { let x = return 1 in x }
