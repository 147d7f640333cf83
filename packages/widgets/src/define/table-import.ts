import { CwTableImport } from '../components/table-import/table-import.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-table-import', CwTableImport);
