let look (path: string) = File.read path
let attack () = look "data/a.txt"
let fine () = 42
