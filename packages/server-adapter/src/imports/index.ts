export { type CreateImportsOptions, createImports, type Imports } from './create-imports.ts';
export { readImportDay } from './import-day.ts';
export type { CheckedRow, Fault, ImportActor, ImportColumn, ImportKind, ImportLine } from './import-kind.ts';
