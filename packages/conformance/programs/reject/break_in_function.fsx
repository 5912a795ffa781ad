while true do
    let f () = break
    f ()
