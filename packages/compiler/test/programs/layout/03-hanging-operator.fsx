let mean =
    sum
  / count
