function init(n, f) {
  const r = [];
  for (let i = 0; i < n; i++) r.push(f(i));
  return r;
}
export function run() {
  return init(1000000, (i) => i * 3).length;
}
