import { CwAuditTrail } from '../components/audit-trail/audit-trail.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-audit-trail', CwAuditTrail);
