let s = 'abc'
