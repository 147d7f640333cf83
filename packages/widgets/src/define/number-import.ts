import { CwNumberImport } from '../components/number-pairings/import-panel.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-number-import', CwNumberImport);
