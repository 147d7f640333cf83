import { CwPaymentResult } from '../components/payment-result/payment-result.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-payment-result', CwPaymentResult);
