import { CwCustomerForm } from '../components/customer-form/customer-form.ts';
import { defineElement } from '../registration.ts';
// The contract's date.
import './day-field.ts';

defineElement('cw-customer-form', CwCustomerForm);
