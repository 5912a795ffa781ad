let a = 2 in
let b = a + 1 in
print (a * b)
