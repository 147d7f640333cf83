import { CwVerification } from '../components/verification/verification.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-verification', CwVerification);
