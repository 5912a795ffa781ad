import { packageTests } from "../../vitest.config.js";

export default packageTests("plugin", import.meta.dirname);
