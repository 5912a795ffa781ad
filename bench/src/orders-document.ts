/** Length of the document, at least. */
const bytes = 1_000_000;

/** A JSON array of orders, always the same: objects in objects, lists, escapes, ints. */
export function ordersDocument(): string {
  const orders: unknown[] = [];
  for (let id = 0, length = 0; length < bytes; id++) {
    const order = orderOf(id);
    length += JSON.stringify(order).length + 1;
    orders.push(order);
  }
  return JSON.stringify(orders);
}

function orderOf(id: number): unknown {
  return {
    id,
    open: id % 3 !== 0,
    note: id % 10 === 0 ? 'line one\n"quoted"' : "plain text",
    customer: { name: `Customer ${id % 997}`, city: `Town ${id % 31}` },
    tags: [`tag${id % 7}`, `tag${id % 11}`],
    lines: [1, 2, 3].map((k) => ({
      sku: `sku-${(id * k) % 4999}`,
      qty: (id % 5) + k,
      price: (id * 7 * k) % 9973,
    })),
  };
}
