import { CwMissedCalls } from '../components/missed-calls/missed-calls.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-missed-calls', CwMissedCalls);
