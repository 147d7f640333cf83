import { CwCustomerSecurity } from '../components/customer-security/customer-security.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-customer-security', CwCustomerSecurity);
