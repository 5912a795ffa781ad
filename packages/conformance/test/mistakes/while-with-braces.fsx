while true {
  ()
}
