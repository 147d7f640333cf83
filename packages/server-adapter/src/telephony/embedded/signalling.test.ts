import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { PhoneCredentials } from '../exchange.ts';
import { type EmbeddedRig, startEmbeddedRig } from '../testing/embedded-rig.ts';
import { recordEvents } from '../testing/event-log.ts';
import { SipClient } from '../testing/sip-client.ts';
import { SipTelephone } from '../testing/sip-telephone.ts';
import type { SipTestCall } from '../testing/sip-telephone-call.ts';

const CUSTOMER = '+989121234567';

describe('signalling of the exchange in a box', () => {
  let rig: EmbeddedRig;
  const open: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(each: T): T => {
    open.push(each);
    return each;
  };
  beforeAll(async () => {
    rig = await startEmbeddedRig();
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
    for (const { leg } of await rig.exchange.legs()) await rig.exchange.hangup(leg);
  });
  afterAll(() => rig.stop());

  const client = async (credentials: PhoneCredentials) => keep(await SipClient.connect(rig.url, credentials));
  const phone = async (account: string) =>
    keep(await SipTelephone.register(rig.url, await rig.exchange.credentials(account)));
  const upCall = async (): Promise<{ call: SipTestCall; leg: string; phone: SipTelephone }> => {
    const events = recordEvents(rig.exchange);
    const telephone = keep(await SipTelephone.register(rig.url, await rig.exchange.telephoneCredentials(CUSTOMER)));
    const call = (await telephone.dial(rig.publicNumber)) as SipTestCall;
    const { leg } = await events.waitFor('incoming');
    await rig.exchange.answer(leg);
    await call.answered;
    events.close();
    return { call, leg, phone: telephone };
  };

  describe('a call', () => {
    it('has its own number as caller id, whatever From says', async () => {
      const events = recordEvents(rig.exchange);
      const own = keep(await SipTelephone.register(rig.url, await rig.exchange.telephoneCredentials(CUSTOMER)));
      Object.assign(own.client, { user: '+989999999999' });
      const call = await own.dial(rig.publicNumber);
      expect((await call.ended).status).toBe(403);
      expect(events.all.some((event) => event.type === 'incoming')).toBe(false);
      events.close();
    });

    it('refuses what it does not do, and answers what it does', async () => {
      const { call } = await upCall();
      expect((await call.inDialog('REFER', undefined, [['Refer-To', '<sip:x@y>']])).status).toBe(405);
      expect((await call.inDialog('MESSAGE')).status).toBe(405);
      expect((await call.inDialog('OPTIONS')).headers.get('allow')).not.toContain('REFER');
      const refreshed = await call.inDialog('UPDATE', undefined, [
        ['Supported', 'timer'],
        ['Session-Expires', '1800;refresher=uac'],
      ]);
      expect(refreshed.status).toBe(200);
      expect(refreshed.headers.get('session-expires')).toBe('1800;refresher=uac');
      const tooOften = await call.inDialog('UPDATE', undefined, [['Session-Expires', '30']]);
      expect([tooOften.status, tooOften.headers.get('min-se')]).toEqual([422, '90']);
      expect((await call.inDialog('INVITE', 'v=0\r\nthis is no offer\r\n')).status).toBe(488);
      // None of it ended the call.
      call.tone(700);
      expect(await rig.exchange.legs()).toHaveLength(1);
    });

    it('takes digits by INFO too', async () => {
      const { call, leg } = await upCall();
      const events = recordEvents(rig.exchange);
      expect(
        (await call.inDialog('INFO', 'Signal=7\r\nDuration=160\r\n', [['Content-Type', 'application/dtmf-relay']]))
          .status,
      ).toBe(200);
      expect(await events.waitFor('digit')).toMatchObject({ leg, digit: '7' });
      events.close();
    });

    it('goes on when the phone comes back on another socket, which can end it', async () => {
      const { call, leg, phone: telephone } = await upCall();
      const events = recordEvents(rig.exchange);
      const second = await client(telephone.client.credentials);
      telephone.client.terminate();
      await expect.poll(() => rig.exchange.deviceState({ kind: 'number', number: CUSTOMER })).toBe('busy');
      expect(await rig.exchange.legs()).toHaveLength(1);
      // Not registered yet: the BYE is challenged, and not answered that there is no such call.
      Object.assign(call, { client: second });
      expect((await call.inDialog('BYE')).status).toBe(200);
      expect(await events.waitFor('hungup')).toMatchObject({ leg, cause: 'normal' });
      events.close();
    });

    it('of somebody else cannot be ended by guessing its dialog', async () => {
      const { call } = await upCall();
      const stranger = await phone('babak');
      Object.assign(call, { client: stranger.client });
      // The From of the dialog is not the stranger's account.
      expect((await call.inDialog('BYE')).status).toBe(403);
      expect(await rig.exchange.legs()).toHaveLength(1);
    });

    it('towards a phone that does not answer at all is unreachable within seconds', async () => {
      const events = recordEvents(rig.exchange);
      const deaf = await client(await rig.exchange.credentials('alice'));
      await deaf.register();
      await rig.exchange.ring({
        leg: 'deaf',
        device: { kind: 'browser', account: 'alice' },
        callerId: { number: CUSTOMER },
        timeoutSeconds: 30,
      });
      expect(await events.waitFor('hungup')).toMatchObject({ leg: 'deaf', cause: 'unreachable' });
      events.close();
    });

    it('is unreachable when its phone disappears while it rings', async () => {
      const events = recordEvents(rig.exchange);
      const gone = await phone('alice');
      await rig.exchange.ring({
        leg: 'gone',
        device: { kind: 'browser', account: 'alice' },
        callerId: { number: CUSTOMER },
        timeoutSeconds: 30,
      });
      await gone.nextCall();
      await events.waitFor('ringing');
      gone.client.terminate();
      expect((await events.waitFor('hungup', undefined, 3000)).cause).toMatch(/unreachable|no-answer/);
      events.close();
    });

    it('beyond the number that one account may have is busy', async () => {
      const caller = keep(await SipTelephone.register(rig.url, await rig.exchange.telephoneCredentials(CUSTOMER)));
      const calls = [];
      for (let n = 0; n < 5; n++) calls.push(await caller.dial(rig.publicNumber));
      expect((await (calls[4] as SipTestCall).ended).status).toBe(486);
      expect(await rig.exchange.legs()).toHaveLength(4);
    });
  });

  describe('a socket', () => {
    const connect = (protocols: string[] = ['sip']) => new WebSocket(rig.url, protocols);
    const opened = (socket: WebSocket) => new Promise<void>((resolve) => socket.once('open', () => resolve()));
    const closed = (socket: WebSocket) =>
      new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
    const next = (socket: WebSocket) =>
      new Promise<string>((resolve) => socket.once('message', (data) => resolve(data.toString())));

    it('needs the subprotocol', async () => {
      const socket = connect(['chat']);
      const status = await new Promise((resolve) =>
        socket.once('unexpected-response', (_request, response) => resolve(response.statusCode)),
      );
      expect(status).toBe(400);
    });

    it('is kept alive by CRLF', async () => {
      const socket = connect();
      await opened(socket);
      const pong = next(socket);
      socket.send('\r\n\r\n');
      expect(await pong).toBe('\r\n');
      socket.close();
    });

    it('is closed for messages that are too large, too many, or too often malformed, and others go on', async () => {
      const other = await phone('babak');
      const large = connect();
      await opened(large);
      const largeClosed = closed(large);
      large.send('x'.repeat(100_000));
      expect(await largeClosed).toBe(1009);

      const flood = connect();
      await opened(flood);
      const floodClosed = closed(flood);
      for (let n = 0; n < 200; n++) flood.send('\r\n\r\n');
      expect(await floodClosed).toBe(1008);

      const garbage = connect();
      await opened(garbage);
      const garbageClosed = closed(garbage);
      for (let n = 0; n < 60; n++) garbage.send(`garbage ${n}`);
      expect(await garbageClosed).toBe(1008);

      await rig.exchange.ring({
        leg: 'others',
        device: { kind: 'browser', account: 'babak' },
        callerId: { number: CUSTOMER },
        timeoutSeconds: 5,
      });
      await other.nextCall(2000);
    });

    it('answers what is malformed but clear, and ignores the rest', async () => {
      const socket = connect();
      await opened(socket);
      const send = async (...text: string[]) => {
        const answer = next(socket);
        socket.send(`${text.join('\r\n')}\r\n\r\n`);
        return (await answer).split('\r\n')[0];
      };
      const headers = (method: string) => [
        'Via: SIP/2.0/WS a.invalid;branch=z9hG4bKq',
        'From: <sip:alice@callweave.local>;tag=1',
        'To: <sip:alice@callweave.local>',
        'Call-ID: t',
        `CSeq: 1 ${method}`,
        'Max-Forwards: 70',
      ];
      expect(await send('OPTIONS sip:callweave.local SIP/2.0', ...headers('OPTIONS'))).toBe('SIP/2.0 200 OK');
      expect(await send('SUBSCRIBE sip:callweave.local SIP/2.0', ...headers('SUBSCRIBE'))).toContain(' 405 ');
      expect(await send('INVITE sip:x@callweave.local SIP/2.0', ...headers('INVITE'))).toContain(' 407 ');
      expect(await send('CANCEL sip:x@callweave.local SIP/2.0', ...headers('CANCEL'))).toContain(' 481 ');
      expect(
        await send('OPTIONS sip:x SIP/2.0', ...headers('OPTIONS').map((line) => line.replace('z9hG4bK', 'old'))),
      ).toContain(' 400 ');
      expect(
        await send(
          'OPTIONS sip:x SIP/2.0',
          ...headers('OPTIONS').map((line) => line.replace('To: <', 'To: "Mr. J. User <')),
        ),
      ).toContain(' 400 ');
      expect(await send('OPTIONS sip:x SIP/7.0', ...headers('OPTIONS'))).toContain(' 505 ');
      // Neither stray responses, nor stray ACKs, nor noise are answered.
      for (const stray of ['SIP/2.0 200 OK', 'ACK sip:x SIP/2.0'])
        socket.send(`${[stray, ...headers('ACK')].join('\r\n')}\r\n\r\n`);
      socket.send(Buffer.from([0, 255, 1, 2]));
      expect(await send('OPTIONS sip:callweave.local SIP/2.0', ...headers('OPTIONS'))).toBe('SIP/2.0 200 OK');
      socket.close();
    });
  });
});

describe('an exchange with short limits', () => {
  it('closes a socket that does not authenticate, and limits sockets', async () => {
    const rig = await startEmbeddedRig({ unauthenticatedSeconds: 0.2, maxConnections: 1 });
    try {
      const socket = new WebSocket(rig.url, ['sip']);
      const code = new Promise((resolve) => socket.once('close', resolve));
      await new Promise<void>((resolve) => socket.once('open', () => resolve()));
      const second = new WebSocket(rig.url, ['sip']);
      const status = await new Promise((resolve) =>
        second.once('unexpected-response', (_request, response) => resolve(response.statusCode)),
      );
      expect(status).toBe(503);
      expect(await code).toBe(1008);
    } finally {
      await rig.stop();
    }
  });

  it('keeps credentials over a restart when it is given a secret, and lets them expire', async () => {
    const options = { credentialSecret: 'a secret of the host', credentialSeconds: 1 };
    const first = await startEmbeddedRig(options);
    const credentials = await first.exchange.credentials('alice');
    await first.stop();
    const second = await startEmbeddedRig(options);
    try {
      const early = await SipClient.connect(second.url, credentials);
      expect((await early.register()).status).toBe(200);
      await early.close();
      await new Promise((resolve) => setTimeout(resolve, credentials.expiresAt.getTime() - Date.now() + 50));
      const late = await SipClient.connect(second.url, credentials);
      expect((await late.register()).status).toBe(403);
      await late.close();
    } finally {
      await second.stop();
    }
  });

  it('says goodbye to everybody when it stops, and then refuses commands', async () => {
    const rig = await startEmbeddedRig();
    const telephone = await SipTelephone.register(rig.url, await rig.exchange.telephoneCredentials(CUSTOMER));
    const events = recordEvents(rig.exchange);
    const call = await telephone.dial(rig.publicNumber);
    const { leg } = await events.waitFor('incoming');
    await rig.exchange.answer(leg);
    await call.answered;
    const byes: string[] = [];
    telephone.client.onRaw = (text) => byes.push(text);
    await rig.stop();
    await call.ended;
    expect(byes.some((text) => text.startsWith('BYE '))).toBe(true);
    expect(
      events.all.at(-1)?.type === 'hungup' || events.all.some((event) => event.type === 'hungup' && event.leg === leg),
    ).toBe(true);
    await expect(rig.exchange.legs()).rejects.toMatchObject({ code: 'exchange-down' });
    await telephone.close();
  });
});
