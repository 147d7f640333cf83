import { CwIncomingCall } from '../components/incoming-call/incoming-call.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-incoming-call', CwIncomingCall);
