import { CwTicketPanel } from '../components/ticket-panel/ticket-panel.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-ticket-panel', CwTicketPanel);
