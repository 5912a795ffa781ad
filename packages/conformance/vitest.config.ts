import { packageTests } from "../../vitest.config.js";

export default packageTests("conformance", import.meta.dirname);
