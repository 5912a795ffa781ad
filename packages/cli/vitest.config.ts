import { mergeConfig } from "vitest/config";
import { packageTests } from "../../vitest.config.js";

export default mergeConfig(packageTests("cli", import.meta.dirname), {
  test: { globalSetup: ["test/global-setup.ts"] },
});
