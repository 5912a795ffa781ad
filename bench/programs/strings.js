export function run() {
  let s = "";
  for (let i = 0; i < 100000; i++) s += `item${i},`;
  return s.split(",").join(";").length;
}
