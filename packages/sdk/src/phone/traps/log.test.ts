import { afterAll, describe, expect, it, vi } from 'vitest';
import { createPhoneBench } from '../../testing/index.ts';

describe('what is written about calls', () => {
  // JsSIP binds the console when it is loaded, so the console is watched before that.
  const written: string[] = [];
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((...parts: unknown[]) => void written.push(parts.join(' '))),
  );
  // Other loggers of the `debug` package write here.
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  afterAll(() => {
    for (const spy of [...spies, stderr]) spy.mockRestore();
  });

  it('trap 28: the log of JsSIP stays silent whatever the page switches on, and ours has no secrets', async () => {
    const trace: string[] = [];
    const bench = await createPhoneBench({
      trace: ({ direction, message }) => void trace.push(`${direction} ${message}`),
    });
    const { default: JsSIP } = await import('jssip');
    const { debug } = JsSIP as unknown as {
      debug: ((name: string) => (text: string) => void) & { enable(names: string): void; disable(): void };
    };
    debug.enable('*');
    debug('other')('a library of the page still may');
    expect(written.join()).toContain('a library of the page still may');
    written.length = 0;
    bench.server.onRegister = (request) =>
      request.header('authorization')
        ? { status: 200, headers: { Contact: request.header('contact') ?? '' } }
        : { status: 401, headers: { 'WWW-Authenticate': 'Digest realm="r", nonce="very-secret", algorithm=MD5' } };
    await bench.start();
    const { id } = await bench.talk();
    const sender = bench.webrtc.last.getSenders()[0];
    if (sender) sender.dtmf.canInsertDTMF = false;
    const sent = bench.phone.sendDigits(id, '4');
    await bench.clock.advance(1_000);
    await sent;
    debug.disable();
    expect(written).toEqual([]);
    const all = trace.join('\n');
    expect(bench.server.requests('REGISTER').at(-1)?.text).toContain('Digest');
    expect(all).toContain('out REGISTER');
    expect(all).toMatch(/authorization: \[redacted\]/i);
    expect(all).not.toContain('very-secret');
    expect(all).not.toContain('Signal=4');
    expect(all).not.toMatch(/response="/);
    await bench.dispose();
  });
});
