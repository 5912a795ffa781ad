let main () = 1
