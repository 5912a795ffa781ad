/** Orders as they are kept, and what becomes of them. */
export const Orders0 = (() => {
  const carried = 0;
  const vat = 19;

  const draft = { tag: "Draft" };
  const placed = (at) => ({ tag: "Placed", at });
  const shippedBy = (at, carrier) => ({ tag: "Shipped", at, carrier });

  function total(order) {
    return order.lines.reduce((sum, line) => sum + line.quantity * line.price, 0);
  }

  function describe(state) {
    switch (state.tag) {
      case "Draft":
        return "draft";
      case "Placed":
        return `placed at ${state.at}`;
      case "Shipped":
        return state.at > 4
          ? `shipped late (${state.at}) by ${state.carrier}`
          : `shipped by ${state.carrier}`;
      default:
        return `cancelled: ${state.reason}`;
    }
  }

  function withVat(order) {
    const taxed = (line) => ({ ...line, price: line.price * (1 + vat / 100) });
    return { ...order, lines: order.lines.map(taxed) };
  }

  // A step that cannot be taken leaves the order as it is.
  function advance(now, orders) {
    return orders.map((order) => {
      if (order.state.tag === "Draft") return { ...order, state: placed(now) };
      if (order.state.tag === "Placed" && now - order.state.at > 2)
        return { ...order, state: shippedBy(now, "rail") };
      return order;
    });
  }

  function score() {
    const line = (sku, quantity) => ({ sku, quantity, price: 2.5 });
    const order = (id) => ({ id, lines: [line("a", id), line("b", 2)], state: draft, note: null });
    const shipped = advance(5, advance(1, [1, 2, 3].map(order))).map(withVat);
    const texts = shipped.map((order) => describe(order.state));
    return texts.join(", ").length + Math.trunc(shipped.reduce((sum, order) => sum + total(order), 0));
  }
  return { sofar: carried + score() };
})();
