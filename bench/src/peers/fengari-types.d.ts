/** The part of fengari that the peer uses; the package brings no types. */
declare module "fengari" {
  /** Bytes of a text, as Lua keeps them. */
  type LuaText = Uint8Array;
  interface LuaState {
    readonly __luaState: unique symbol;
  }
  const fengari: {
    readonly lua: {
      readonly LUA_OK: number;
      readonly LUA_MASKCOUNT: number;
      readonly LUA_TNUMBER: number;
      lua_sethook(state: LuaState, hook: (state: LuaState) => void, mask: number, count: number): void;
      lua_pushjsfunction(state: LuaState, run: (state: LuaState) => number): void;
      lua_pushinteger(state: LuaState, value: number): void;
      lua_pushstring(state: LuaState, value: LuaText): void;
      lua_setglobal(state: LuaState, name: LuaText): void;
      lua_getglobal(state: LuaState, name: LuaText): number;
      lua_pcall(state: LuaState, args: number, results: number, handler: number): number;
      lua_type(state: LuaState, index: number): number;
      lua_tointeger(state: LuaState, index: number): number;
      lua_tonumber(state: LuaState, index: number): number;
      lua_tojsstring(state: LuaState, index: number): string;
      lua_pop(state: LuaState, count: number): void;
      lua_close(state: LuaState): void;
    };
    readonly lauxlib: {
      luaL_newstate(): LuaState;
      luaL_dostring(state: LuaState, source: LuaText): number;
      luaL_error(state: LuaState, message: LuaText): never;
    };
    readonly lualib: { luaL_openlibs(state: LuaState): void };
    to_luastring(text: string): LuaText;
  };
  export = fengari;
}
