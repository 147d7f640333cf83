import { CwDialPad } from '../components/dial-pad/dial-pad.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-dial-pad', CwDialPad);
