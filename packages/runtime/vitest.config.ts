import { packageTests } from "../../vitest.config.js";

export default packageTests("runtime", import.meta.dirname);
