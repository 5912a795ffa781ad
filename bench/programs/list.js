function init(n, f) {
  const r = [];
  for (let i = 0; i < n; i++) r.push(f(i));
  return r;
}
export function run() {
  return init(100000, (i) => i)
    .map((x) => x * 3)
    .filter((x) => x > 150000)
    .reduce((a, x) => a + x, 0);
}
