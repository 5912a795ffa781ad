let (Some x) = (None: int option)
