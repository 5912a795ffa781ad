{ add = fun a b -> a + b; neg = fun a -> -a }
