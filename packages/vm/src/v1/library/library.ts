import type { HostFunctionV1 } from "../library-context.js";
import { arrayFunctions } from "./array.js";
import { listFunctions } from "./list.js";
import { mapFunctions } from "./map.js";
import { mathFunctions } from "./math.js";
import { caseFunctions } from "./option-result.js";
import { stringFunctions } from "./string.js";
import { urlFunctions } from "./url.js";

/** The library functions that touch nothing outside the program but its output, with the original's meanings and texts. The others come from the host. */
export const ownFunctions: ReadonlyMap<string, HostFunctionV1> = /* @__PURE__ */ new Map(
  Object.entries({
    ...listFunctions,
    ...arrayFunctions,
    ...mapFunctions,
    ...mathFunctions,
    ...caseFunctions,
    ...stringFunctions,
    ...urlFunctions,
  }),
);
