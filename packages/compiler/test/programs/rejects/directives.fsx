# 5 "a"
#foo
#if A && (B ||
x
#else
y
#endif
#endif
#r "foo"
#load
#light
let f x =
    #load "a.fsx"
    x
#nowarn "FUS0402" "40"
#if A
#if B
