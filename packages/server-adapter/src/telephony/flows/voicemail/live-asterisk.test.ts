import { startAsteriskRig } from '../../testing/asterisk-rig.ts';
import { describeWith } from '../../testing/component-gate.ts';
import { describeLiveVoicemail } from '../testing/live-voicemail.ts';

await describeWith(['asterisk'], 'voicemail on Asterisk', () => describeLiveVoicemail('Asterisk', startAsteriskRig));
