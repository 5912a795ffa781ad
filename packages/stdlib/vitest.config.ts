import { packageTests } from "../../vitest.config.js";

export default packageTests("stdlib", import.meta.dirname);
