import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedRig, startEmbeddedRig } from '../testing/embedded-rig.ts';
import { recordEvents } from '../testing/event-log.ts';
import { SipTelephone } from '../testing/sip-telephone.ts';
import { SipTestCall } from '../testing/sip-telephone-call.ts';
import { TelephoneMedia } from '../testing/telephone-media.ts';
import { reduceRemoteSdp } from './sip/sdp.ts';

const garbage = [
  '',
  'a=',
  'a=ice-ufrag:',
  'a=ice-pwd:x',
  'a=fingerprint:sha-256 zz',
  'a=fingerprint:md5 00:11',
  'a=setup:passive',
  'a=setup:nonsense',
  'a=mid:',
  'a=group:BUNDLE x y z',
  'a=rtpmap:0 opus/48000/2',
  'a=candidate:1 1 udp 1 127.0.0.1 99999 typ host',
  'a=candidate:1 1 udp -1 127.0.0.1 1 typ host',
  'a=ssrc:abc',
  'a=ssrc:99999999999 cname:x',
  'a=rtcp:x',
  'm=audio 0 UDP/TLS/RTP/SAVPF 0',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'c=IN IP6 ::',
  'a=inactive',
  'a=fmtp:126 0-99999',
];

describe('offers that are not what they should be', () => {
  let rig: EmbeddedRig;
  let phone: SipTelephone;
  let good: string;
  beforeAll(async () => {
    rig = await startEmbeddedRig({ messagesPerSecond: 2000, mediaTimeoutSeconds: 2 });
    phone = await SipTelephone.register(rig.url, await rig.exchange.telephoneCredentials('+989121234567'));
    const media = new TelephoneMedia();
    good = await media.offer();
    await media.close();
  });
  afterEach(async () => {
    for (const { leg } of await rig.exchange.legs()) await rig.exchange.hangup(leg);
  });
  afterAll(async () => {
    await phone.close();
    await rig.stop();
  });

  /** Calls with this offer; the flow answers at once. */
  async function attempt(offer: string): Promise<'answered' | number> {
    const events = recordEvents(rig.exchange);
    const unsubscribe = rig.exchange.subscribe((event) => {
      if (event.type === 'incoming') rig.exchange.answer(event.leg).catch(() => undefined);
    });
    const call = new SipTestCall(phone.client, { number: rig.publicNumber });
    call.media.offer = async () => offer;
    await call.invite();
    const outcome = await Promise.race([
      call.ended.then(({ status }) => status ?? 0),
      events.waitFor('answered', undefined, 5000).then(() => 'answered' as const),
    ]);
    unsubscribe();
    events.close();
    for (const { leg } of await rig.exchange.legs()) await rig.exchange.hangup(leg);
    await call.media.close();
    return outcome;
  }

  it('are refused or answered, line by line left out', async () => {
    expect(await attempt(good)).toBe('answered');
    const lines = good.split('\r\n').filter((line) => line !== '');
    for (const [index, line] of lines.entries()) {
      const outcome = await attempt(`${lines.filter((_, at) => at !== index).join('\r\n')}\r\n`);
      expect(['answered', 488, 500], line).toContain(outcome);
    }
    for (const needed of ['a=ice-ufrag', 'a=ice-pwd', 'a=fingerprint', 'm=audio']) {
      expect(await attempt(`${lines.filter((line) => !line.startsWith(needed)).join('\r\n')}\r\n`), needed).not.toBe(
        'answered',
      );
    }
  }, 60_000);

  it('are refused or answered, with garbage in every place', async () => {
    const lines = good.split('\r\n').filter((line) => line !== '');
    const at = lines.findIndex((line) => line.startsWith('m=audio'));
    for (const [index, line] of garbage.entries()) {
      const outcome = await attempt(`${lines.toSpliced(at + 1 + (index % 5), 0, line).join('\r\n')}\r\n`);
      expect(['answered', 488, 500], line).toContain(outcome);
      const name = line.split(/[: ]/)[0] as string;
      if (name.length < 3) continue;
      expect(['answered', 488, 500], `in place of ${name}`).toContain(
        await attempt(`${lines.map((each) => (each.startsWith(name) ? line : each)).join('\r\n')}\r\n`),
      );
    }
    // And it works as before.
    expect(await attempt(good)).toBe('answered');
  }, 60_000);

  it('with the fingerprint of somebody else get no audio', async () => {
    const events = recordEvents(rig.exchange);
    const call = new SipTestCall(phone.client, { number: rig.publicNumber });
    const offer = call.media.offer.bind(call.media);
    call.media.offer = async () => (await offer()).replace(/(a=fingerprint:sha-256 )(..):(..)/, '$1$3:$2');
    await call.invite();
    const { leg } = await events.waitFor('incoming');
    await rig.exchange.answer(leg);
    await rig.exchange.play(leg, [{ kind: 'tone', hz: 900, ms: 1500 }], { playback: 'secret', language: 'en' });
    expect((await call.media.hear(1200)).samples).toBe(0);
    expect((await events.waitFor('hungup', (event) => event.leg === leg, 6000)).cause).toBe('media-timeout');
    events.close();
    await call.media.close();
  });

  it('never make the reduction throw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...garbage, 'v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 0 126')), {
          maxLength: 40,
        }),
        (lines) => {
          reduceRemoteSdp(lines.join('\r\n'), () => true);
          reduceRemoteSdp(`v=0\r\n${lines.join('\r\n')}`, () => true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('keep out what must not be tried: other hosts than this one, names, TCP, video', () => {
    const offer = `${good}a=candidate:9 1 udp 1 10.0.0.1 5000 typ host\r\na=candidate:8 1 udp 1 x.local 5000 typ host\r\na=candidate:7 1 tcp 1 127.0.0.1 9 typ host tcptype active\r\n`;
    const reduced = reduceRemoteSdp(offer, (address) => address.startsWith('127.'))?.sdp ?? '';
    expect(
      reduced.match(/^a=candidate:.*$/gm)?.every((line) => line.includes(' udp ') && line.includes(' 127.0.0.1 ')),
    ).toBe(true);
    expect(reduceRemoteSdp(`${good}m=video 9 UDP/TLS/RTP/SAVPF 96\r\n`, () => true)).toBeUndefined();
  });
});
