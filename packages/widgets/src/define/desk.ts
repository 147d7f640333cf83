import { CwDesk } from '../components/desk/desk.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-desk', CwDesk);
