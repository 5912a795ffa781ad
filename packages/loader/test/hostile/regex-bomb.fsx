// Matches with a pattern that takes exponential time.
// call: attack []
// fails: FUS06..|FUS05..|-
let attack () = Regex.isMatch "^(a+)+$" (String.replicate 40 "a" + "!")
