/**
 * A process of its own that sends one text message and is killed on the way.
 * Arguments: where the store is, the name of the service, its address, its keys as JSON.
 */
import { kavenegarSms } from '../../connectors/sms/kavenegar.ts';
import { twilioSms } from '../../connectors/sms/twilio.ts';
import { openPlace } from '../../testing/open-place.ts';
import { createMessages } from '../create-messages.ts';
import { CALLBACK } from './message-rig.ts';

const [, , storage = '', service, baseUrl = '', keys = '{}'] = process.argv;
const given = { ...JSON.parse(keys), baseUrl, timeoutMs: 60_000 };
const store = await openPlace(storage);
const messages = createMessages({
  store,
  sms: { driver: service === 'twilio' ? twilioSms(given) : kavenegarSms(given), from: '+15005550006' },
});
await messages.start?.();
await store.write((tx) => messages.send(tx, CALLBACK));
