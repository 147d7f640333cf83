import { CwOrderForm } from '../components/order-form/order-form.ts';
import { defineElement } from '../registration.ts';
import './day-field.ts';
import './instrument-picker.ts';

defineElement('cw-order-form', CwOrderForm);
