import { defineElement } from '../../registration.ts';

/** Loads and registers `<cw-number-import>`, whose words and table are for the few who import. */
export async function loadImport(): Promise<void> {
  const { CwNumberImport } = await import('./import-panel.ts');
  defineElement('cw-number-import', CwNumberImport);
}
