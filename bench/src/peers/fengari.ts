/** Lua 5.3 written in JavaScript, with a hook that looks at the time every thousand instructions. Its ints have 32 bits. */
import fengari from "fengari";
import { deadlineMs, type Peer, type PeerHost, type PeerScript } from "./peer.js";

const { lua, lauxlib, lualib, to_luastring: textOf } = fengari;

export const fengariPeer: Peer = { name: "fengari", language: "lua", open };

async function open(source: string, host: PeerHost = {}): Promise<PeerScript> {
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  const deadline = Date.now() + deadlineMs;
  lua.lua_sethook(
    state,
    (running) => {
      if (Date.now() > deadline) lauxlib.luaL_error(running, textOf("timeout"));
    },
    lua.LUA_MASKCOUNT,
    1_000,
  );
  const check = (status: number) => {
    if (status !== lua.LUA_OK) throw new Error(lua.lua_tojsstring(state, -1));
  };
  for (const [name, run] of Object.entries(host)) {
    lua.lua_pushjsfunction(state, (running) => {
      lua.lua_pushinteger(running, run(lua.lua_tointeger(running, 1)));
      return 1;
    });
    lua.lua_setglobal(state, textOf(name));
  }
  check(lauxlib.luaL_dostring(state, textOf(source)));
  return {
    function(name) {
      const global = textOf(name);
      return (...args) => {
        lua.lua_getglobal(state, global);
        for (const value of args) {
          if (typeof value === "number") lua.lua_pushinteger(state, value);
          else lua.lua_pushstring(state, textOf(value));
        }
        check(lua.lua_pcall(state, args.length, 1, 0));
        const isNumber = lua.lua_type(state, -1) === lua.LUA_TNUMBER;
        const value = isNumber ? lua.lua_tonumber(state, -1) : lua.lua_tojsstring(state, -1);
        lua.lua_pop(state, 1);
        return value;
      };
    },
    close: () => lua.lua_close(state),
  };
}
