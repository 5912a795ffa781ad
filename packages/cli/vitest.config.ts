import { mergeConfig } from "vitest/config";
import { packageTests } from "../../vitest.config.js";

export default mergeConfig(packageTests("cli", import.meta.dirname), {
  // Every test starts processes, on machines that may be busy.
  test: { globalSetup: ["test/global-setup.ts"], testTimeout: 30_000 },
});
