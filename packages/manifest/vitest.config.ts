import { packageTests } from "../../vitest.config.js";

export default packageTests("manifest", import.meta.dirname);
