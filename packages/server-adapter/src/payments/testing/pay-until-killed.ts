/**
 * A process of its own that pays one payment through ZarinPal and is killed on the way.
 * Arguments: where the store is, the gateway's address and merchant, and what hangs: `verify` (by the gateway) or `booking`.
 */
import { zarinpal } from '../../connectors/payments/zarinpal.ts';
import { openPlace } from '../../testing/open-place.ts';
import { startPaymentRig } from './payment-rig.ts';

const [, , storage = '', baseUrl = '', merchantId = '', hangs] = process.argv;
const store = await openPlace(storage);
const rig = await startPaymentRig(store, zarinpal({ merchantId, baseUrl, timeoutMs: 60_000 }), {
  whilePaying: async () => {
    process.stdout.write('booking\n');
    if (hangs === 'booking') await new Promise(() => setInterval(() => {}, 60_000));
  },
});
const { id } = await rig.open();
const { redirectTo } = await rig.start(id);
const back = await fetch(`${redirectTo}?choice=pay`, { redirect: 'manual' });
await rig.callback(back.headers.get('location') ?? '');
