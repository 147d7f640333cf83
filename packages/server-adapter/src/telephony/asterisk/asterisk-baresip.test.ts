import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { startAsterisk } from '../../../../../scripts/system/ensure.ts';
import { freeSipPort } from '../../../../../scripts/system/free-ports.ts';
import { startBaresip } from '../testing/baresip.ts';
import { describeWith } from '../testing/component-gate.ts';
import { recordEvents } from '../testing/event-log.ts';
import { SipTelephone } from '../testing/sip-telephone.ts';
import { createAsteriskExchange } from './index.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

await describeWith(['asterisk', 'baresip'], "a responder's own telephone behind the trunk (baresip)", () => {
  it('rings, answers, is heard in the browser phone, keys digits and hangs up', async () => {
    const number = '+982188887777';
    const port = await freeSipPort();
    const baresip = await startBaresip({ number, port, toneHz: 600 });
    closing.push(() => baresip.stop());
    const agents = [{ account: 'alice', password: 'only-for-tests-alice' }];
    const asterisk = await startAsterisk({ agents, trunk: { host: '127.0.0.1', port } });
    closing.push(() => asterisk.stop());
    const exchange = createAsteriskExchange({
      ari: { url: asterisk.ariUrl, password: asterisk.ariPassword },
      agents,
      phones: { server: asterisk.wsUrl, domain: asterisk.domain },
    });
    await exchange.start();
    closing.push(() => exchange.stop());
    const events = recordEvents(exchange);
    const alice = await SipTelephone.register(asterisk.wsUrl, await exchange.credentials('alice'));
    closing.push(() => alice.close());

    const call = await alice.dial(number);
    const { leg: caller } = await events.waitFor('incoming', (event) => event.from === 'alice');
    await exchange.answer(caller);
    await call.answered;
    const responder = randomUUID();
    await exchange.ring({
      leg: responder,
      device: { kind: 'number', number },
      callerId: { number: '+982181021380' },
      timeoutSeconds: 10,
    });
    await events.waitFor('answered', (event) => event.leg === responder);
    await exchange.createBridge('with-baresip');
    await exchange.join('with-baresip', caller);
    await exchange.join('with-baresip', responder);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await call.hear(1000)).toMatchObject({ hz: 600 });

    await baresip.digits('2#');
    await events.waitFor('digit', (event) => event.leg === responder && event.digit === '#');
    const keyed = events.all.map((event) => (event.type === 'digit' && event.leg === responder ? event.digit : ''));
    expect(keyed.join('')).toBe('2#');

    await baresip.hangup();
    expect((await events.waitFor('hungup', (event) => event.leg === responder)).cause).toBe('normal');
    await exchange.hangup(caller);
    await call.ended;
  });
});
