const SOLAR = 4 * Math.PI * Math.PI,
  DAYS = 365.24;
const body = (x, y, z, vx, vy, vz, m) => ({
  x,
  y,
  z,
  vx: vx * DAYS,
  vy: vy * DAYS,
  vz: vz * DAYS,
  mass: m * SOLAR,
});
function bodies() {
  return [
    body(0, 0, 0, 0, 0, 0, 1),
    body(
      4.841431442464721,
      -1.1603200440274284,
      -0.10362204447112311,
      0.001660076642744037,
      0.007699011184197404,
      -0.0000690460016972063,
      0.0009547919384243266,
    ),
    body(
      8.34336671824458,
      4.124798564124305,
      -0.4035234171143214,
      -0.0027674251072641104,
      0.004998528012349172,
      0.000023041729757376393,
      0.0002858859806661308,
    ),
    body(
      12.894369562139131,
      -15.111151401698631,
      -0.22330757889265573,
      0.002964601375647616,
      0.0023784717395948095,
      -0.000029658956854023756,
      0.00004366244043351563,
    ),
    body(
      15.379697114850917,
      -25.919314609987964,
      0.17925877295037118,
      0.0026806777249038932,
      0.001628241700382423,
      -0.00009515922545197159,
      0.000051513890204661145,
    ),
  ];
}
function advance(bs, dt) {
  for (let i = 0; i < bs.length; i++) {
    const a = bs[i];
    for (let j = i + 1; j < bs.length; j++) {
      const b = bs[j];
      const dx = a.x - b.x,
        dy = a.y - b.y,
        dz = a.z - b.z;
      const d2 = dx * dx + dy * dy + dz * dz;
      const mag = dt / (d2 * Math.sqrt(d2));
      a.vx -= dx * b.mass * mag;
      a.vy -= dy * b.mass * mag;
      a.vz -= dz * b.mass * mag;
      b.vx += dx * a.mass * mag;
      b.vy += dy * a.mass * mag;
      b.vz += dz * a.mass * mag;
    }
  }
  for (const b of bs) {
    b.x += dt * b.vx;
    b.y += dt * b.vy;
    b.z += dt * b.vz;
  }
}
function energy(bs) {
  let e = 0;
  for (let i = 0; i < bs.length; i++) {
    const a = bs[i];
    e += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz);
    for (let j = i + 1; j < bs.length; j++) {
      const b = bs[j];
      const dx = a.x - b.x,
        dy = a.y - b.y,
        dz = a.z - b.z;
      e -= (a.mass * b.mass) / Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
  }
  return e;
}
export function run() {
  const bs = bodies();
  for (let i = 0; i < 200000; i++) advance(bs, 0.01);
  return energy(bs);
}
