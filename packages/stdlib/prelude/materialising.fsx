// Functions of other modules that take a seq: it is run to its end here, on the machine's own frames, and what is left
// to do is native.

let setOfSeq (source: seq<'a>) = Set.ofArray (Native.toArray source)

let mapOfSeq (source: seq<'k * 'v>) = Map.ofArray (Native.toArray source)

let joinTexts separator (source: seq<string>) = Native.joinWith separator (Native.settled source)

let concatLists (source: seq<'a list>) = Native.concatLists (Native.settled source)

let concatArrays (source: seq<'a array>) = Native.concatArrays (Native.settled source)
