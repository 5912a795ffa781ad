function loop(i, sum) {
  for (;;) {
    if (i > 10000000) return sum;
    sum += i;
    i += 1;
  }
}
export function run() {
  return loop(1, 0);
}
