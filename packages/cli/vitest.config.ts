import { packageTests } from "../../vitest.config.js";

export default packageTests("cli", import.meta.dirname);
