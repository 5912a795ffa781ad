/** Reads a JSON array of orders, keeps the open ones with their totals, and writes them: the length of the text. */
export function run(text) {
  const orders = JSON.parse(text);
  const open = orders
    .filter((order) => order.open)
    .map((order) => ({
      id: order.id,
      name: order.customer.name,
      tags: order.tags,
      total: order.lines.reduce((sum, line) => sum + line.qty * line.price, 0),
    }));
  return JSON.stringify(open).length;
}
