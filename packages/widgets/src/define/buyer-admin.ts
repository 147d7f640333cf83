import { CwBuyerAdmin } from '../components/buyer-admin/buyer-admin.ts';
import { defineElement } from '../registration.ts';
// What was changed of the buyer who is open.
import './audit-trail.ts';
// Thousands of buyers at once.
import './table-import.ts';

defineElement('cw-buyer-admin', CwBuyerAdmin);
