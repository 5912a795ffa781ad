export const next = (n) => n + 1;
export const onEvent = (id, key) => `${key}:${id}`;
export function run(host, n) {
  let sum = 0;
  for (let i = 1; i <= n; i++) sum = host.add1(sum);
  return sum;
}
export function greet(host, n) {
  let length = 0;
  for (let i = 1; i <= n; i++) length += host.hello("Ada").length;
  return length;
}
