if n < 0 then
    "neg"
elif n = 0 then "zero"
else
    "pos"
|> String.toUpper
