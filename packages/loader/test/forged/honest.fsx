let look (path: string) = File.read path
let attack () = File.write "data/a.txt" "escaped"
let fine () = 42
