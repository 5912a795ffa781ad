let area w h =
    let half =
        let p = w * h
        p / 2
    let twice = half * 4
    twice
