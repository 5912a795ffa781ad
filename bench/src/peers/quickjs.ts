/** QuickJS compiled to WebAssembly, with an interrupt handler that looks at the time. */
import { newQuickJSWASMModule, type QuickJSHandle, shouldInterruptAfterDeadline } from "quickjs-emscripten";
import { deadlineMs, type Peer, type PeerHost, type PeerScript, type PeerValue } from "./peer.js";

let sharedModule: ReturnType<typeof newQuickJSWASMModule> | undefined;

export const quickjs: Peer = { name: "quickjs-emscripten", language: "js", open };

async function open(source: string, host: PeerHost = {}): Promise<PeerScript> {
  sharedModule ??= newQuickJSWASMModule();
  const vm = (await sharedModule).newContext();
  vm.runtime.setInterruptHandler(shouldInterruptAfterDeadline(Date.now() + deadlineMs));
  vm.runtime.setMemoryLimit(256 * 1024 * 1024);

  const handleOf = (value: PeerValue) =>
    typeof value === "number" ? vm.newNumber(value) : vm.newString(value);
  const valueOf = (handle: QuickJSHandle) =>
    vm.typeof(handle) === "number" ? vm.getNumber(handle) : vm.getString(handle);

  for (const [name, run] of Object.entries(host)) {
    vm.newFunction(name, (n) => vm.newNumber(run(vm.getNumber(n)))).consume((handle) =>
      vm.setProp(vm.global, name, handle),
    );
  }
  // As a plain script, so that its functions are global.
  vm.unwrapResult(vm.evalCode(source.replaceAll(/^export /gm, ""))).dispose();

  const functions: QuickJSHandle[] = [];
  return {
    function(name) {
      const handle = vm.getProp(vm.global, name);
      functions.push(handle);
      return (...args) => {
        const handles = args.map(handleOf);
        const result = vm.unwrapResult(vm.callFunction(handle, vm.undefined, ...handles));
        const value = valueOf(result);
        result.dispose();
        for (const each of handles) each.dispose();
        return value;
      };
    },
    close() {
      for (const handle of functions) handle.dispose();
      const { runtime } = vm;
      vm.dispose();
      if (runtime.alive) runtime.dispose();
    },
  };
}
