import { packageTests } from "../../vitest.config.js";

export default packageTests("vm", import.meta.dirname);
