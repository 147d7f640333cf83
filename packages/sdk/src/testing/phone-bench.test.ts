import { expect, it } from 'vitest';
import { createPhoneBench } from './index.ts';

it('the example of the guide holds', async () => {
  const bench = await createPhoneBench();
  await bench.start();
  const { leg, id } = await bench.talk({ from: '+420777123456' });
  leg.onReinvite = () => ({ status: 488 });
  const held = bench.phone.hold(id).catch((error: { code: string }) => error.code);
  await bench.clock.settle();
  expect(await held).toBe('renegotiation-failed');
  expect(bench.phone.get().calls[0]?.signalling).toBe('active');
  await bench.dispose();
});
