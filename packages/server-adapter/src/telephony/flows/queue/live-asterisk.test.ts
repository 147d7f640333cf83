import { startAsteriskRig } from '../../testing/asterisk-rig.ts';
import { describeWith } from '../../testing/component-gate.ts';
import { describeLiveQueue } from '../testing/live-queue.ts';

await describeWith(['asterisk'], 'queue on Asterisk', () => describeLiveQueue('Asterisk', startAsteriskRig));
