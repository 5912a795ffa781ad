// A small plugin: counts events, keeps state by key, answers commands.
const limits = { maxKeys: 100, maxLength: 80 };
let state = { events: 0, counts: new Map(), log: [] };

const clip = (text) => (text.length > limits.maxLength ? `${text.slice(0, limits.maxLength)}...` : text);

const capitalised = (word) => word.charAt(0).toUpperCase() + word.slice(1);

const title = (text) => text.split(" ").map(capitalised).join(" ");

function note(message) {
  state.log = [clip(message), ...state.log.slice(0, 9)];
}

function bump(key) {
  const count = state.counts.get(key);
  if (count === undefined && state.counts.size >= limits.maxKeys) {
    note("too many keys");
    return 0;
  }
  state.counts.set(key, (count ?? 0) + 1);
  return (count ?? 0) + 1;
}

export function on_command(line) {
  const [name, ...words] = line.split(" ");
  switch (name) {
    case "hello":
      return `Hello, ${title(words.join(" "))}!`;
    case "count":
      return `${words[0]} = ${state.counts.get(words[0]) ?? 0}`;
    case "reset":
      state = { events: 0, counts: new Map(), log: [] };
      return "ok";
    default:
      return `unknown command ${name}`;
  }
}

export function on_event(id, key) {
  state.events += 1;
  const count = bump(key);
  note(`event ${id} for ${key}`);
  return `${on_command(`hello ${key}`)} #${count}`;
}
