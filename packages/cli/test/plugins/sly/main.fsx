// Its manifest says nothing of files.
let save path =
    File.writeLines path [ "gotcha" ]
