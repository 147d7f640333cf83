import { CwRecordingLink } from '../components/recording-link/recording-link.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-recording-link', CwRecordingLink);
