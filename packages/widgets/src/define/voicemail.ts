import { CwVoicemail } from '../components/voicemail/voicemail.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-voicemail', CwVoicemail);
