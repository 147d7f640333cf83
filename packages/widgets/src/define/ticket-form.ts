import { CwTicketForm } from '../components/ticket-panel/ticket-form.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-ticket-form', CwTicketForm);
