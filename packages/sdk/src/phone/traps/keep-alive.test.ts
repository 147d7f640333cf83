import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPhoneBench, fakeSdp, type PhoneBench } from '../../testing/index.ts';

describe('a line that dies without a word', () => {
  let bench: PhoneBench;
  beforeEach(async () => {
    bench = await createPhoneBench();
    await bench.start();
  });
  afterEach(() => bench.dispose());

  const phone = () => bench.phone.get();
  const registers = () => bench.server.requests('REGISTER').length;

  it('trap 12: a half-open socket is found out by keep-alives, and replaced', async () => {
    await bench.clock.advance(60_000);
    expect(bench.server.keepAlives).toBe(3);
    expect(phone().registration).toBe('ok');
    bench.server.carries = false;
    await bench.clock.advance(21_100);
    expect(phone().transport).toBe('backoff');
    bench.server.carries = true;
    await bench.clock.advance(2_000);
    expect(phone()).toMatchObject({ transport: 'up', registration: 'ok' });
    expect(bench.events.find((event) => event.type === 'connection-lost')).toMatchObject({
      reason: 'The exchange does not answer any more.',
    });
  });

  it('trap 12: keep-alives stay out of the trace and away from the SIP stack', async () => {
    const lines: string[] = [];
    const other = await createPhoneBench({ trace: ({ message }) => lines.push(message) });
    await other.start();
    const before = lines.length;
    await other.clock.advance(60_000);
    expect(other.server.keepAlives).toBe(3);
    expect(lines).toHaveLength(before);
    await other.dispose();
  });

  it('trap 12: an exchange that answers no keep-alive is asked by REGISTER, and left in peace when that is answered', async () => {
    const other = await createPhoneBench();
    other.server.onKeepAlive = () => null;
    await other.start();
    await other.clock.advance(110_000);
    expect(other.phone.get()).toMatchObject({ transport: 'up', registration: 'ok' });
    expect(other.server.keepAlives).toBe(5);
    expect(other.server.requests('REGISTER')).toHaveLength(2);
    other.server.carries = false;
    await other.clock.advance(130_000);
    expect(other.events.some((event) => event.type === 'connection-lost')).toBe(true);
    other.server.carries = true;
    await other.dispose();
  });

  it.each<[string, (bench: PhoneBench) => void]>([
    ['online', ({ page }) => page.window('online')],
    ['pageshow', ({ page }) => page.window('pageshow')],
    ['resume', ({ page }) => page.document('resume')],
    ['visibilitychange', ({ page }) => page.document('visibilitychange')],
  ])('trap 12: the line is checked at once at %s', async (_name, happen) => {
    await bench.clock.advance(30_000);
    const before = bench.server.keepAlives;
    bench.server.carries = false;
    happen(bench);
    await bench.clock.advance(5_000);
    expect(phone().transport).toBe('up');
    bench.server.carries = true;
    await bench.clock.advance(1_001);
    expect(bench.server.keepAlives).toBe(before);
    await bench.clock.advance(2_000);
    expect(phone()).toMatchObject({ transport: 'up', registration: 'ok' });
    expect(bench.events.filter((event) => event.type === 'connection-lost')).toHaveLength(1);
  });

  it('trap 12: a page that is merely hidden is left alone', async () => {
    const before = registers();
    bench.page.document('visibilitychange', 'hidden');
    await bench.clock.advance(5_000);
    expect(registers()).toBe(before);
  });

  it('trap 13: start() reconnects at once although JsSIP was started before and is not ready', async () => {
    bench.server.reachable = false;
    bench.server.drop();
    await bench.clock.advance(60_000);
    expect(phone().transport).toBe('backoff');
    bench.server.reachable = true;
    const started = bench.phone.start();
    await bench.clock.settle();
    await started;
    expect(phone()).toMatchObject({ transport: 'up', registration: 'ok' });
  });

  it('trap 14: a registration asks for at least 300 seconds, whatever the options say', async () => {
    const other = await createPhoneBench({ registerSeconds: 60 });
    await other.start();
    expect(other.server.requests('REGISTER')[0]?.header('expires')).toBe('300');
    await other.dispose();
  });

  it('trap 14: a tab that was frozen does not claim to be registered until it is again', async () => {
    bench.clock.sleep(400_000);
    bench.server.onRegister = () => null;
    bench.page.document('resume');
    expect(phone().registration).toBe('pending');
    const states: string[] = [];
    bench.phone.subscribe(({ registration }) => states.push(registration));
    bench.server.onRegister = (request) => ({
      status: 200,
      headers: { Contact: request.header('contact') ?? '' },
    });
    await bench.clock.advance(20_000);
    expect(states).toContain('ok');
    expect(phone()).toMatchObject({ transport: 'up', registration: 'ok' });
  });

  it('trap 14: sleep that no event announces is noticed by the wall clock', async () => {
    await bench.clock.advance(1_000);
    const before = registers();
    bench.clock.sleep(150_000);
    await bench.clock.advance(100);
    expect(registers()).toBeGreaterThan(before);
    expect(phone().registration).toBe('ok');
  });

  it('trap 14: a deadline that passed while the page slept does not condemn the line', async () => {
    await bench.clock.advance(30_000);
    await bench.clock.advance(20_001);
    bench.clock.sleep(60_000);
    await bench.clock.advance(10_000);
    expect(phone()).toMatchObject({ transport: 'up', registration: 'ok' });
    expect(bench.events.some((event) => event.type === 'connection-lost')).toBe(false);
  });

  it('trap 15: a page that goes without a word is replaced at the registrar, and soon forgotten there', async () => {
    const instanceOf = (index: number) =>
      /\+sip\.instance="([^"]+)"/.exec(bench.server.requests('REGISTER').at(index)?.header('contact') ?? '')?.[1];
    bench.first.close();
    const next = bench.openTab();
    const started = next.phone.start();
    await bench.clock.advance(0);
    await started;
    expect(registers()).toBe(2);
    expect(instanceOf(-1)).toBe(instanceOf(0));
    expect(bench.server.requests('REGISTER').map((request) => request.header('expires'))).toEqual(['300', '300']);
  });
});

describe('credentials', () => {
  let bench: PhoneBench;
  beforeEach(async () => {
    bench = await createPhoneBench();
  });
  afterEach(() => bench.dispose());

  const challenge = (realm: string) => ({
    status: 401,
    headers: { 'WWW-Authenticate': `Digest realm="${realm}", nonce="abc", algorithm=MD5` },
  });

  it('trap 16: are announced before they run out, and replaced without a registration or a call noticing', async () => {
    await bench.start();
    const { id } = await bench.talk();
    const before = bench.issued.length;
    // Between two registrations, so that nothing else fetches them.
    await bench.clock.advance(3_600_000 - 29_000);
    expect(bench.events.find((event) => event.type === 'credentials-expiring')).toMatchObject({
      expiresAt: new Date(bench.issued[before - 1]?.expiresAt ?? 0).getTime(),
    });
    expect(bench.issued.length).toBe(before + 1);
    expect(bench.phone.get().calls[0]?.id).toBe(id);
  });

  it('trap 16: are fetched again when fetching failed, and the desk learns of it', async () => {
    let fails = false;
    const other = await createPhoneBench();
    const started = other.phone.start({
      credentials: () => (fails ? Promise.reject(new Error('503')) : other.credentials()),
    });
    await other.clock.advance(0);
    await started;
    fails = true;
    await other.clock.advance(3_600_000 - 29_000);
    expect(other.events.find((event) => event.type === 'error')).toMatchObject({
      error: { code: 'credentials-failed' },
    });
    fails = false;
    await other.clock.advance(16_000);
    expect(other.issued).toHaveLength(2);
    await other.dispose();
  });

  it('trap 16: a hang-up on a connection that does not know us is answered with the password, not lost', async () => {
    bench.server.onRegister = (request) =>
      request.header('authorization')
        ? { status: 200, headers: { Contact: request.header('contact') ?? '' } }
        : challenge('first');
    await bench.start();
    const { leg, id } = await bench.talk();
    // The hold uses the password up: JsSIP forgets it with every challenge.
    const accept = leg.onReinvite;
    leg.onReinvite = (request) => (request.header('authorization') ? accept(request) : challenge('second'));
    const held = bench.phone.hold(id);
    await bench.clock.settle();
    await held;
    leg.onBye = (request) => (request.header('authorization') ? { status: 200 } : challenge('third'));
    const ended = bench.phone.hangup(id);
    await bench.clock.settle();
    await expect(ended).resolves.toEqual({ byeDelivered: true });
    expect(leg.requests('BYE').at(-1)?.header('authorization')).toContain('realm="third"');
  });
});

describe('telephones that answer early', () => {
  let bench: PhoneBench;
  beforeEach(async () => {
    bench = await createPhoneBench();
    await bench.start();
  });
  afterEach(() => bench.dispose());

  it('trap 26: of two early answers the first is applied, the second only rings', async () => {
    bench.server.onInvite = (leg) => leg.reply({ status: 183, phrase: 'Session Progress', sdp: fakeSdp() });
    const called = bench.phone.call('1234');
    await bench.clock.settle();
    const leg = bench.server.legs[0];
    if (!leg) throw new Error('no leg');
    expect(bench.webrtc.last.signalingState).toBe('stable');
    leg.reply({ status: 183, phrase: 'Session Progress', sdp: fakeSdp() }, 'another-telephone');
    await bench.clock.settle();
    expect(bench.webrtc.last.misapplied).toBe(0);
    expect(bench.phone.get().calls[0]?.signalling).toBe('ringing');
    leg.answer();
    await bench.clock.settle();
    await called;
    expect(bench.phone.get().calls[0]?.signalling).toBe('active');
  });
});
