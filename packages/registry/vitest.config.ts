import { packageTests } from "../../vitest.config.js";

export default packageTests("registry", import.meta.dirname);
