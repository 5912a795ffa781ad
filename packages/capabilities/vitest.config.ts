import { packageTests } from "../../vitest.config.js";

export default packageTests("capabilities", import.meta.dirname);
