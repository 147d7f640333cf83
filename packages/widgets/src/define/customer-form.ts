import { CwCustomerForm } from '../components/customer-form/customer-form.ts';
import { defineElement } from '../registration.ts';
// The contract's date.
import './day-field.ts';
// Lock, PIN and questions, for supervisors and managers.
import './customer-security.ts';

defineElement('cw-customer-form', CwCustomerForm);
