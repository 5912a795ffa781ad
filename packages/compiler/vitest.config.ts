import { packageTests } from "../../vitest.config.js";

export default packageTests("compiler", import.meta.dirname);
