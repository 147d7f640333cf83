import { CwRecordingHold } from '../components/recording-hold/recording-hold.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-recording-hold', CwRecordingHold);
