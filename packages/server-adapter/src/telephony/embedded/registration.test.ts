import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PhoneCredentials } from '../exchange.ts';
import { type EmbeddedRig, startEmbeddedRig } from '../testing/embedded-rig.ts';
import { SipClient } from '../testing/sip-client.ts';
import { SipTelephone } from '../testing/sip-telephone.ts';

const CUSTOMER = '+989121234567';

describe('phones of the exchange in a box', () => {
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
  describe('registration', () => {
    it('needs the right password, and tells a wrong one from a missing one', async () => {
      const credentials = await rig.exchange.credentials('alice');
      expect(credentials.expiresAt.getTime()).toBeGreaterThan(Date.now() + 590_000);
      const wrong = await client({ ...credentials, password: 'guess' });
      expect((await wrong.register()).status).toBe(403);
      expect(await rig.exchange.deviceState({ kind: 'browser', account: 'alice' })).toBe('unreachable');
      const right = await client(credentials);
      expect((await right.register()).status).toBe(200);
      expect(await rig.exchange.deviceState({ kind: 'browser', account: 'alice' })).toBe('idle');
    });

    it("does not let one account's password register another", async () => {
      const alice = await rig.exchange.credentials('alice');
      const asBabak = await client({ ...alice, uri: alice.uri.replace('alice', 'babak') });
      expect((await asBabak.register()).status).toBe(403);
      // Nor a telephone's number, once the connection is somebody's.
      const own = await client(alice);
      expect((await own.register()).status).toBe(200);
      Object.assign(own, { user: CUSTOMER });
      expect((await own.register()).status).toBe(403);
    });

    it('cuts a connection that keeps guessing', async () => {
      const guesser = await client({ ...(await rig.exchange.credentials('alice')), password: 'guess' });
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 5; attempt++) statuses.push((await guesser.register()).status);
      expect(statuses).toEqual([403, 403, 403, 403, 403]);
      await expect.poll(() => guesser.isOpen, { timeout: 3000 }).toBe(false);
    });

    it('does not take the same authorization twice', async () => {
      const credentials = await rig.exchange.credentials('alice');
      const first = await client(credentials);
      const sent: string[] = [];
      const sendRaw = first.sendRaw.bind(first);
      first.sendRaw = (text) => {
        sent.push(text);
        sendRaw(text);
      };
      await first.register();
      const authorized = sent.find((text) => text.includes('Authorization: Digest')) as string;
      const thief = await client(credentials);
      const answer = await new Promise<string>((resolve) => {
        thief.onRaw = resolve;
        thief.sendRaw(authorized);
      });
      expect(answer).toMatch(/^SIP\/2\.0 401 /);
      expect(answer).toContain('stale=true');
    });

    it('ends when the socket closes, and the newest phone of an account wins', async () => {
      const device = { kind: 'browser', account: 'babak' } as const;
      const old = await phone('babak');
      const young = await phone('babak');
      await old.close();
      expect(await rig.exchange.deviceState(device)).toBe('idle');
      await rig.exchange.ring({ leg: 'newest', device, callerId: { number: CUSTOMER }, timeoutSeconds: 5 });
      await young.nextCall(2000);
      await young.close();
      await expect.poll(() => rig.exchange.deviceState(device), { timeout: 2000 }).toBe('unreachable');
    });

    it('refuses a time that is too short, and unregisters on demand', async () => {
      const own = await client(await rig.exchange.credentials('cyrus'));
      const brief = await own.register(10);
      expect(brief.status).toBe(423);
      expect(brief.headers.get('min-expires')).toBe('60');
      expect((await own.register(120)).status).toBe(200);
      expect((await own.register(0)).status).toBe(200);
      expect(await rig.exchange.deviceState({ kind: 'browser', account: 'cyrus' })).toBe('unreachable');
    });

    it('is revoked together with the password', async () => {
      const credentials = await rig.exchange.credentials('dara');
      const own = await client(credentials);
      expect((await own.register()).status).toBe(200);
      await rig.exchange.revoke('dara');
      await expect
        .poll(() => rig.exchange.deviceState({ kind: 'browser', account: 'dara' }), { timeout: 3000 })
        .toBe('unreachable');
      const again = await client(credentials);
      expect((await again.register()).status).toBe(403);
      const fresh = await client(await rig.exchange.credentials('dara'));
      expect((await fresh.register()).status).toBe(200);
    });

    it('needs a number for a telephone and a name for a person', async () => {
      await expect(rig.exchange.telephoneCredentials('alice')).rejects.toMatchObject({ code: 'invalid' });
      await expect(rig.exchange.credentials('+989121234567')).rejects.toMatchObject({ code: 'invalid' });
      await expect(rig.exchange.credentials('a b\r\nX: 1')).rejects.toMatchObject({ code: 'invalid' });
    });
  });
});
