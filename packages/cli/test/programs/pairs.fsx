// The two halves of a surrogate pair, written one after the other.
print "\uD83D"
print "\uDE00"
printfn ""
