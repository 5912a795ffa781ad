// let t = x * x + 3 in if t - y > 0 then t - y * 2 else -(t + 1)
const num = (value) => ({ tag: "Num", value });
const ref = (name) => ({ tag: "Var", name });
const op = (tag, left, right) => ({ tag, left, right });
const tree = {
  tag: "Let",
  name: "t",
  value: op("Add", op("Mul", ref("x"), ref("x")), num(3)),
  body: {
    tag: "If",
    cond: op("Sub", ref("t"), ref("y")),
    yes: op("Sub", ref("t"), op("Mul", ref("y"), num(2))),
    no: { tag: "Neg", arg: op("Add", ref("t"), num(1)) },
  },
};
function lookup(env, name) {
  for (; env !== null; env = env.next) if (env.name === name) return env.value;
  throw new Error(`unbound ${name}`);
}
function evaluate(env, e) {
  switch (e.tag) {
    case "Num":
      return e.value;
    case "Var":
      return lookup(env, e.name);
    case "Add":
      return evaluate(env, e.left) + evaluate(env, e.right);
    case "Sub":
      return evaluate(env, e.left) - evaluate(env, e.right);
    case "Mul":
      return evaluate(env, e.left) * evaluate(env, e.right);
    case "Neg":
      return -evaluate(env, e.arg);
    case "Let":
      return evaluate({ name: e.name, value: evaluate(env, e.value), next: env }, e.body);
    case "If":
      return evaluate(env, e.cond) > 0 ? evaluate(env, e.yes) : evaluate(env, e.no);
  }
}
export function run() {
  let sum = 0;
  for (let i = 0; i < 200000; i++) {
    const env = { name: "x", value: i % 16, next: { name: "y", value: i % 61, next: null } };
    sum += evaluate(env, tree);
  }
  return sum;
}
