{ here with
    X = here.X + 1
    Y = 0 }
