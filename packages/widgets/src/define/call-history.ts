import { CwCallHistory } from '../components/call-history/call-history.ts';
import { defineElement } from '../registration.ts';
import './day-field.ts';
import './recording-player.ts';

defineElement('cw-call-history', CwCallHistory);
