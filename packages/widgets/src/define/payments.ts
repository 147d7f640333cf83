import { CwPayments } from '../components/payments/payments.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-payments', CwPayments);
