import { describe, expect, it } from 'vitest';
import { isUsableCandidate } from '../engine/ice-ready.ts';
import { checkTarget, headerLines } from './header-safety.ts';
import { peekResponse } from './peek.ts';
import { redact } from './redact.ts';
import { resolveServer } from './server-url.ts';

describe('the server of the credentials', () => {
  it.each([
    ['/sip', 'https://portal.example/desk/1', 'wss://portal.example/sip'],
    ['/sip', 'http://127.0.0.1:8080/', 'ws://127.0.0.1:8080/sip'],
    ['wss://pbx.example:8089/ws', 'https://portal.example/', 'wss://pbx.example:8089/ws'],
    ['https://pbx.example/ws', undefined, 'wss://pbx.example/ws'],
  ])('%s seen from %s is %s', (server, page, expected) => {
    expect(resolveServer(server, page)).toBe(expected);
  });

  it.each(['/sip', 'ftp://x/y', ''])('refuses %j without a page', (server) => {
    expect(() => resolveServer(server, undefined)).toThrowError(
      expect.objectContaining({ code: 'invalid-credentials', fatal: true }),
    );
  });
});

describe('what goes into a SIP message', () => {
  it('lets ordinary things through', () => {
    expect(headerLines({ 'X-Callweave-Call': 'a-1', 'X-Name': 'Žofie ژاله' })).toHaveLength(2);
    expect(checkTarget('+420 777-123 (456)')).toBe('+420777123456');
    expect(checkTarget('sip:alice@example.com')).toBe('sip:alice@example.com');
    expect(checkTarget('*97')).toBe('*97');
  });

  it.each(['\r', '\n', '\0', '\u0085', '\u2028', '\u001b'])('refuses %j anywhere', (control) => {
    expect(() => headerLines({ 'X-A': `a${control}b` })).toThrowError(
      expect.objectContaining({ code: 'invalid-header' }),
    );
    expect(() => headerLines({ [`X-A${control}`]: 'b' })).toThrowError(
      expect.objectContaining({ code: 'invalid-header' }),
    );
    expect(() => checkTarget(`1${control}2`)).toThrowError(expect.objectContaining({ code: 'invalid-target' }));
  });
});

describe('the trace', () => {
  it('loses credentials, media keys and keyed digits, and nothing else', () => {
    const message = [
      'INVITE sip:1@x SIP/2.0',
      'Proxy-Authorization: Digest response="f00"',
      'WWW-Authenticate: Digest nonce="n"',
      'X-Callweave-Call: int-1',
      '',
      'a=ice-pwd:secret',
      'a=fingerprint:sha-256 AA:BB',
      'Signal=4',
    ].join('\r\n');
    const shown = redact(message);
    for (const secret of ['f00', 'nonce', 'secret', 'AA:BB', 'Signal=4']) expect(shown).not.toContain(secret);
    expect(shown).toContain('X-Callweave-Call: int-1');
  });
});

describe('reading answers', () => {
  it('finds status, method and contacts, and ignores requests', () => {
    expect(
      peekResponse('SIP/2.0 200 OK\r\nCSeq: 5 REGISTER\r\nContact: <sip:a@b>;expires=3\r\nm: <sip:c@d>\r\n\r\n'),
    ).toEqual({
      status: 200,
      method: 'REGISTER',
      contacts: [' <sip:a@b>;expires=3', ' <sip:c@d>'],
    });
    expect(peekResponse('OPTIONS sip:a@b SIP/2.0\r\n\r\n')).toBe(null);
    expect(peekResponse('\r\n\r\n')).toBe(null);
  });
});

describe('usable candidates', () => {
  it.each([
    ['candidate:1 1 udp 2122260223 192.0.2.7 40000 typ host', true],
    ['candidate:1 1 udp 1686052607 203.0.113.5 40000 typ srflx', true],
    ['candidate:1 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active', false],
    ['candidate:1 1 udp 2113937151 0fb3a6c8-1111.local 40000 typ host', false],
    ['', false],
  ])('%s: %s', (candidate, usable) => {
    expect(isUsableCandidate({ candidate } as RTCIceCandidate)).toBe(usable);
  });
});
