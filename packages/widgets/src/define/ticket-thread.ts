import { CwTicketThread } from '../components/ticket-parts/ticket-thread.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-ticket-thread', CwTicketThread);
