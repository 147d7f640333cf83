import type { PhoneCredentials } from '../../packages/server-adapter/src/telephony/exchange.ts';
import type { TestCall } from '../../packages/server-adapter/src/telephony/testing/rig.ts';
import { SipTelephone } from '../../packages/server-adapter/src/telephony/testing/sip-telephone.ts';
import { serveParent } from '../load/server-process.ts';

/** Telephones that call the exchange in a box and speak all the time, in a process of their own. */
const [url = '', lines = '[]'] = process.argv.slice(2);
const SAMPLES_PER_SECOND = 8_000;
const calls: TestCall[] = [];
for (const line of JSON.parse(lines) as (PhoneCredentials & { expiresAt: string })[]) {
  const telephone = await SipTelephone.register(url, { ...line, expiresAt: new Date(line.expiresAt) });
  const call = await telephone.dial('+982181021380');
  await call.answered;
  call.tone(440);
  calls.push(call);
}

serveParent({ calls: calls.length }, () => {}, {
  /** The share of all sound that did not arrive in so many seconds. */
  loss: async (seconds?: string) => {
    const ms = Number(seconds) * 1000;
    const heard = await Promise.all(calls.map((call) => call.hear(ms)));
    const expected = (ms / 1000) * SAMPLES_PER_SECOND * calls.length;
    const arrived = heard.reduce((sum, { samples }) => sum + samples, 0);
    return Math.max(0, 1 - arrived / expected);
  },
} as Record<string, () => unknown>);
