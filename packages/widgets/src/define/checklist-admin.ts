import { CwChecklistAdmin } from '../components/checklist-admin/checklist-admin.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-checklist-admin', CwChecklistAdmin);
