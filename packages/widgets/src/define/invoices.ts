import { CwInvoices } from '../components/invoices/invoices.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-invoices', CwInvoices);
