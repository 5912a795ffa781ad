let edge = { from = 1; to = 2
             do = 3 }
let t = edge.to
