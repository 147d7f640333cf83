import { type AsteriskRig, startAsteriskRig } from '../../testing/asterisk-rig.ts';
import { describeWith } from '../../testing/component-gate.ts';
import { describeLiveSupervision } from '../testing/live-supervision.ts';

const left = async (rig: AsteriskRig): Promise<string[]> => {
  const lists = await Promise.all(['/channels', '/bridges'].map(async (path) => (await rig.ari('GET', path)).json()));
  return (lists.flat() as { id: string }[]).map(({ id }) => id);
};

await describeWith(['asterisk'], 'supervision on Asterisk', () =>
  describeLiveSupervision('Asterisk', startAsteriskRig, (rig) => rig.another(), left),
);
