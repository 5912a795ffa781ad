type Body =
    { mutable X: float
      mutable Y: float
      mutable Z: float
      mutable VX: float
      mutable VY: float
      mutable VZ: float
      Mass: float }

let pi = 3.141592653589793
let solar = 4.0 * pi * pi
let days = 365.24

let body x y z vx vy vz mass =
    { X = x; Y = y; Z = z; VX = vx * days; VY = vy * days; VZ = vz * days; Mass = mass * solar }

let bodies () =
    [| body 0.0 0.0 0.0 0.0 0.0 0.0 1.0
       body 4.841431442464721 -1.1603200440274284 -0.10362204447112311 0.001660076642744037 0.007699011184197404 -0.0000690460016972063 0.0009547919384243266
       body 8.34336671824458 4.124798564124305 -0.4035234171143214 -0.0027674251072641104 0.004998528012349172 0.000023041729757376393 0.0002858859806661308
       body 12.894369562139131 -15.111151401698631 -0.22330757889265573 0.002964601375647616 0.0023784717395948095 -0.000029658956854023756 0.00004366244043351563
       body 15.379697114850917 -25.919314609987964 0.17925877295037118 0.0026806777249038932 0.001628241700382423 -0.00009515922545197159 0.000051513890204661145 |]

let advance (bodies: Body[]) dt =
    let last = bodies.Length - 1
    for i = 0 to last do
        let a = bodies.[i]
        for j = i + 1 to last do
            let b = bodies.[j]
            let dx = a.X - b.X
            let dy = a.Y - b.Y
            let dz = a.Z - b.Z
            let d2 = dx * dx + dy * dy + dz * dz
            let mag = dt / (d2 * sqrt d2)
            a.VX <- a.VX - dx * b.Mass * mag
            a.VY <- a.VY - dy * b.Mass * mag
            a.VZ <- a.VZ - dz * b.Mass * mag
            b.VX <- b.VX + dx * a.Mass * mag
            b.VY <- b.VY + dy * a.Mass * mag
            b.VZ <- b.VZ + dz * a.Mass * mag
    for b in bodies do
        b.X <- b.X + dt * b.VX
        b.Y <- b.Y + dt * b.VY
        b.Z <- b.Z + dt * b.VZ

let energy (bodies: Body[]) =
    let mutable e = 0.0
    for i = 0 to bodies.Length - 1 do
        let a = bodies.[i]
        e <- e + 0.5 * a.Mass * (a.VX * a.VX + a.VY * a.VY + a.VZ * a.VZ)
        for j = i + 1 to bodies.Length - 1 do
            let b = bodies.[j]
            let dx = a.X - b.X
            let dy = a.Y - b.Y
            let dz = a.Z - b.Z
            e <- e - a.Mass * b.Mass / sqrt (dx * dx + dy * dy + dz * dz)
    e

let run () =
    let system = bodies ()
    for step = 1 to 200_000 do
        advance system 0.01
    energy system
