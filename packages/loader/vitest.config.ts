import { packageTests } from "../../vitest.config.js";

export default packageTests("loader", import.meta.dirname);
