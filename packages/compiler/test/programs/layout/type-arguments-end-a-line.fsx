type T =
    { Xs: List<int>
      Ys: Map<string, List<int>>
      Z: int }
