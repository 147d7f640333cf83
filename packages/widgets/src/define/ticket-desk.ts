import './ticket-case.ts';
import { CwTicketDesk } from '../components/ticket-desk/ticket-desk.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-ticket-desk', CwTicketDesk);
