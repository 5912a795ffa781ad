match 1 with
1 -> "a"
2 -> "b"
