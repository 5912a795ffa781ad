class Cons {
  constructor(head, tail) {
    this.head = head;
    this.tail = tail;
  }
}
function init(n, f) {
  const root = new Cons(null, null);
  let last = root;
  for (let i = 0; i < n; i++) last = last.tail = new Cons(f(i), null);
  return root.tail;
}
function map(f, l) {
  const root = new Cons(null, null);
  for (let last = root; l !== null; l = l.tail) last = last.tail = new Cons(f(l.head), null);
  return root.tail;
}
function filter(p, l) {
  const root = new Cons(null, null);
  for (let last = root; l !== null; l = l.tail) if (p(l.head)) last = last.tail = new Cons(l.head, null);
  return root.tail;
}
function fold(f, a, l) {
  for (; l !== null; l = l.tail) a = f(a, l.head);
  return a;
}
export function run() {
  const l = filter(
    (x) => x > 150000,
    map(
      (x) => x * 3,
      init(100000, (i) => i),
    ),
  );
  return fold((a, x) => a + x, 0, l);
}
