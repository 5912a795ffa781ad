// defined at 2:11
let area (width: int) height = ‸width * height
