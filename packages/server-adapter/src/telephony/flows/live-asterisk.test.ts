import { startAsteriskRig } from '../testing/asterisk-rig.ts';
import { describeWith } from '../testing/component-gate.ts';
import { describeLiveFlow } from './testing/live-flow.ts';

await describeWith(['asterisk'], 'Asterisk', () =>
  describeLiveFlow('Asterisk', startAsteriskRig, (rig) => rig.another()),
);
