import { CwEscalation } from '../components/escalation/escalation.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-escalation', CwEscalation);
