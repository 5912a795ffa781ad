a + b * c - d ** e ** f
x |> f >> g <| h && i || j = k
a :: b :: c @ d @ e
a ||| b &&& c ^^^ d <<< 2 + 1
a or b && c & d
a == b != c <> d ++ e
a .* b .+ c >=> d |? e
f -1 + f - 1 + f-1
-x.y - -2 + +z
!a.b + ~~~f x + !!c
a.[0] <- b.[1] <- 3
r := !r + 1
x :? int && y :> obj |> f
(e :?> Foo).Bar
a, b + 1, fun x -> x
1 + if a then b else c
[n..-1..0]
