export { type AuditParts, createAudit } from './operations.ts';
export { type ChangeRecord, type Changes, changesBetween, recordChange } from './record-change.ts';
