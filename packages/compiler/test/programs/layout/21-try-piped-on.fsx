try
    risky ()
with
| Failure m -> log m
| _ -> ()
|> finish
