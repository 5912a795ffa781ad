/** The globals of the original's library: modules with their functions, and plain functions, each with its arity. */
import { NativeValue, RecordValue, type Value } from "../value.js";

const modules: Readonly<Record<string, string>> = {
  List: "length/1 head/1 tail/1 reverse/1 isEmpty/1 append/2 concat/1 map/2 iter/2 filter/2 fold/3 exists/2 find/2 tryFind/2 nth/2 mapi/2",
  String: "length/1 trim/1 toLower/1 toUpper/1 split/2 concat/1 contains/2 startsWith/2 endsWith/2 format/2",
  Math: "pi/1 e/1 abs/1 sqrt/1 pow/2 max/2 min/2 sin/1 cos/1 tan/1 asin/1 acos/1 atan/1 atan2/2 log/1 log10/1 exp/1 floor/1 ceil/1 round/1 truncate/1",
  Array: "length/1 isEmpty/1 get/2 set/3 ofList/1 toList/1 init/2 create/2",
  Map: "empty/1 add/3 remove/2 find/2 tryFind/2 containsKey/2 isEmpty/1 count/1 ofList/1 toList/1 map/2 iter/2",
  Option: "isSome/1 isNone/1 defaultValue/2 defaultWith/2 map/2 bind/2 iter/2 map2/3 orElse/2",
  Result: "isOk/1 isError/1 defaultValue/2 defaultWith/2 map/2 mapError/2 bind/2 iter/2",
  Process: "run/2 runShell/1 env/1 setEnv/2 cwd/1",
  Config: "define/1 get/1 getOr/2 set/2 has/1 list/1 reset/1",
  Time: "now/1 nowSeconds/1 format/2 parse/2",
  Url: "parse/1 isValid/1 encode/1 decode/1",
  Json: "parse/1 stringify/1 stringifyPretty/1",
  Events: "on/2 off/1 emit/2 emitAsync/2 once/2 clear/1 clearAll/1 handlers/1 list/1",
  TerminalInfo:
    "getForegroundProcess/1 getCurrentWorkingDir/1 getLine/1 getLines/2 getWindowTitle/1 getTabTitle/1 getTerminalSize/1",
  TerminalControl:
    "sendText/1 sendKeys/1 splitHorizontal/1 splitVertical/1 closePane/1 focusPane/1 createTab/1 closeTab/1 setTabTitle/2 showToast/1",
  UIFormatting:
    "onFormatTab/1 onFormatStatusLeft/1 onFormatStatusRight/1 removeFormatter/1 clearFormatters/1",
  Commands: "register/1 registerMany/1 unregister/1 list/1 getById/1 invoke/1",
  Console: "readLine/1 readKey/1 write/1 writeLine/1 clear/1",
  File: "readLines/1 writeLines/2 appendLine/2",
  Script: "eval/1 evalToString/1",
  Async: "Return/1 ReturnFrom/1 Bind/2 Delay/1 Zero/0 Combine/2 RunSynchronously/1",
  Nav: "getKeymap/0 setKeymap/1 registerFocusable/2 unregisterFocusable/1 clearFocusables/0 getFocusableCount/0 enterHintMode/0 exitHintMode/0 isHintModeActive/0 jumpToAnchor/1 getCurrentAnchor/0 getLimits/0 setLimits/2 listFocusables/0",
  Osc: "client/2 send/3",
  Http: "get/1 post/2 getJson/1",
  Sqlite: "open/1 execute/2 query/2 close/1",
};

const plainFunctions = "print/1 printfn/1 sprintf/2 Some/1 None/0 Ok/1 Error/1";

function functionsOf(table: string, prefix: string): [string, NativeValue][] {
  return table.split(" ").map((entry) => {
    const [name = "", arity] = entry.split("/");
    return [name, new NativeValue(prefix + name, Number(arity), [])];
  });
}

function tableOfGlobals(): Map<string, Value> {
  const globals = new Map<string, Value>(functionsOf(plainFunctions, ""));
  for (const [name, table] of Object.entries(modules))
    globals.set(name, new RecordValue(new Map(functionsOf(table, `${name}.`))));
  globals.set("async", globals.get("Async"));
  return globals;
}

/** What `LOAD_GLOBAL` finds without any doing of the host. None of these values ever changes. */
export const upstreamGlobals: ReadonlyMap<string, Value> = /* @__PURE__ */ tableOfGlobals();

/** Full dotted names of all library functions, with their arities. */
export const upstreamFunctions: ReadonlyMap<string, number> = /* @__PURE__ */ functionTable();

function functionTable(): Map<string, number> {
  const functions = new Map<string, number>();
  for (const global of upstreamGlobals.values()) {
    const members = global instanceof RecordValue ? global.fields.values() : [global];
    for (const member of members) if (member instanceof NativeValue) functions.set(member.name, member.arity);
  }
  // A function that the library calls itself, without a global.
  return functions.set("Async.Internal.CombineHelper", 2);
}
