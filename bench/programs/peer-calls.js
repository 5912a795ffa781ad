/** What the peers run for the calls between host and script; the host gives them `add1`. */
export function run(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum = globalThis.add1(sum);
  return sum;
}

export function on_event(id, key) {
  return `${key}:${id}`;
}
