f(x).y g(z) (w).v
xs[0] + xs[1..2] + xs.[..3] + xs.[2..]
f [1] f[1; 2] f[] f[for x in xs -> x]
Map.empty<string, int>.Foo
typeof<int>
a < b > c
f<int> (x)
List<List<int>>()
f(a)(b).[0](c)
(1, 2,)
()
(a; b)
( + ) 1 ( * ) (*) (|Even|Odd|)
begin a; b end
lazy (f x)
assert (a = b)
upcast x
downcast y
List.map (_.Name) xs
xs |> List.map _.Name.Length
$"a {x + 1} {y,5:F2} %5.1f{z} {{}} 100%% {match a with _ -> 1}"
``weird name``.``and more``
f
    a
    b
text
    .Trim()
    .Length
(x : int)
