import { expect, it } from 'vitest';
import { startAdapterRig } from '../testing-kit/adapter-rig.ts';
import { FAX_NUMBER, SENDER } from './testing/fax-desk.ts';

it('the exchange in a box answers a call to a fax number, says that it takes none, and ends it', async () => {
  const rig = await startAdapterRig({
    authenticate: async () => ({ id: 'anna', username: 'anna', name: 'Anna', roles: ['agent'] }),
    fax: { numbers: [FAX_NUMBER] },
  });
  try {
    const telephone = await rig.telephone(SENDER);
    const calling = await telephone.dial(FAX_NUMBER);
    await calling.answered;
    await calling.ended;
    const list = async () =>
      (await (await fetch(`${rig.url}/callweave/faxes`)).json()) as { faxes: { state: string; failure: string }[] };
    await expect.poll(list, { timeout: 15_000 }).toMatchObject({
      faxes: [{ state: 'failed', failure: 'unsupported' }],
    });
  } finally {
    await rig.stop();
  }
}, 60_000);
