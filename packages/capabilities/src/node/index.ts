export type { AuditLogOptions } from "./audit-log.js";
export { AuditLog } from "./audit-log.js";
export { AuditLogError, GrantFileError } from "./errors.js";
export { FileGrantStore } from "./file-grant-store.js";
