let origin =
    { Label = "O"
      X = 0
      Y = 0 }
