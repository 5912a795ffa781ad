let a = 'ab'
