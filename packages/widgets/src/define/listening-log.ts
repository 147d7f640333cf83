import { CwListeningLog } from '../components/listening-log/listening-log.ts';
import { defineElement } from '../registration.ts';
// The days between which it is read.
import './day-field.ts';

defineElement('cw-listening-log', CwListeningLog);
