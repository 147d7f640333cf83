import { CwFaxInbox } from '../components/fax-inbox/fax-inbox.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-fax-inbox', CwFaxInbox);
