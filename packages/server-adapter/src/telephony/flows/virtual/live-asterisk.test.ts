import { startAsteriskRig } from '../../testing/asterisk-rig.ts';
import { describeWith } from '../../testing/component-gate.ts';
import { describeLiveVirtual } from '../testing/live-virtual.ts';

await describeWith(['asterisk'], 'Asterisk', () =>
  describeLiveVirtual('Asterisk', startAsteriskRig, (rig, _phone, listener) => {
    rig.world.onRaw = listener;
  }),
);
