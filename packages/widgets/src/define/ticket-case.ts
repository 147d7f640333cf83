import { CwTicketCase } from '../components/ticket-desk/ticket-case.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-ticket-case', CwTicketCase);
