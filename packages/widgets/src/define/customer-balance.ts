import { CwCustomerBalance } from '../components/customer-balance/customer-balance.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-customer-balance', CwCustomerBalance);
