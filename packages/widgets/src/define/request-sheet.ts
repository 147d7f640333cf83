import { CwRequestSheet } from '../components/request-sheet/request-sheet.ts';
import { defineElement } from '../registration.ts';
import './order-form.ts';
import './verification.ts';

defineElement('cw-request-sheet', CwRequestSheet);
