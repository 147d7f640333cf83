import { afterEach, expect, test } from 'vitest';
import type { CallsManager } from '../calls/calls.ts';
import { CallweaveError } from '../errors/callweave-error.ts';
import type { Client } from '../http/client.ts';
import { createJsSipEngine } from '../phone/jssip-engine.ts';
import { FakeMedia } from '../testing/fake-media.ts';
import { createPhoneBench, type PhoneBench } from '../testing/phone-bench.ts';
import { createDeskPhone, type DeskPhone } from './desk-phone.ts';

let bench: PhoneBench;
let deskPhone: DeskPhone;

afterEach(async () => {
  const stopped = deskPhone.stop();
  await bench.clock.advance(12_000);
  await stopped;
  await bench.dispose();
});

/** A page that dies in a call, and the desk's phone in the page that comes after it. */
async function reloadInCall(resume: (callId: string) => Promise<unknown>): Promise<{ resumed: string[] }> {
  bench = await createPhoneBench();
  await bench.start();
  await bench.talk({ headers: { 'X-Callweave-Call': 'call_1' } });
  bench.first.close();
  const resumed: string[] = [];
  deskPhone = createDeskPhone({
    ...bench.browser.tab(),
    clock: bench.clock,
    media: new FakeMedia(),
    createEngine: createJsSipEngine,
    createSocket: bench.server.createSocket,
    url: 'http://fake.exchange/callweave',
    client: { session: { phoneCredentials: () => bench.credentials() } } as unknown as Client,
    calls: {
      resume(callId: string) {
        resumed.push(callId);
        return resume(callId);
      },
    } as unknown as CallsManager,
  });
  const started = deskPhone.start();
  await bench.clock.advance(0);
  await started;
  await bench.clock.settle();
  return { resumed };
}

test.each(['call-not-live', 'not-found'] as const)(
  'a call of the page before that is over (%s) is asked for once, and then forgotten',
  async (code) => {
    const { resumed } = await reloadInCall(() => Promise.reject(new CallweaveError(code, 'It is over.')));
    expect(resumed).toEqual(['call_1']);
    expect(deskPhone.state.get()?.orphan).toBe(null);
    expect(bench.browser.store.get('callweave.phone.call:sip:agent1@fake.exchange')).toBeFalsy();
  },
);

test('a call that could not be asked for, because the adapter was out of reach, stays known', async () => {
  const { resumed } = await reloadInCall(() => Promise.reject(new CallweaveError('network', 'Nobody there.')));
  expect(resumed).toEqual(['call_1']);
  expect(deskPhone.state.get()?.orphan).toMatchObject({ interactionId: 'call_1' });
});
