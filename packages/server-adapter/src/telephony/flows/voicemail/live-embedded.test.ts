import { startEmbeddedRig } from '../../testing/embedded-rig.ts';
import { describeLiveVoicemail } from '../testing/live-voicemail.ts';

describeLiveVoicemail('the exchange in a box', () => startEmbeddedRig());
