import { packageTests } from "../../vitest.config.js";

export default packageTests("jit", import.meta.dirname);
