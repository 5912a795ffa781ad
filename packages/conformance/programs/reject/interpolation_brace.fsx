let s = $"a } b"
