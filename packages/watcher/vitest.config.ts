import { packageTests } from "../../vitest.config.js";

export default packageTests("watcher", import.meta.dirname);
