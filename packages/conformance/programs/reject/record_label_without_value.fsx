let r = { X = 1; Y }
