let tag = if ok then "y"
    else "n"
