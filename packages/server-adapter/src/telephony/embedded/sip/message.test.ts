import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNameAddress, parseSipUri } from './address.ts';
import { composeMessage, composeResponse } from './compose.ts';
import { parseSipMessage, type SipHeaders, SipSyntaxError } from './message.ts';

const lines = (...text: string[]) => `${text.join('\r\n')}\r\n\r\n`;
const basics = [
  'Via: SIP/2.0/WS a.invalid;branch=z9hG4bKx',
  'From: <sip:a@b>;tag=1',
  'To: <sip:c@d>',
  'Call-ID: 1@x',
  'CSeq: 1 INVITE',
  'Max-Forwards: 70',
];

/** What the parser says: the kind of message, or the status with which it can be answered, or "ignored". */
function outcome(text: string): string {
  try {
    return parseSipMessage(text).kind;
  } catch (error) {
    if (!(error instanceof SipSyntaxError)) throw error;
    return error.reply === undefined ? 'ignored' : String(error.reply.status);
  }
}

describe('parsing SIP', () => {
  // After RFC 4475, "SIP Torture Test Messages"; the section is named.
  it.each([
    [
      '3.1.1.1 folded lines, odd spaces and compact names',
      lines(
        'INVITE sip:vivekg@chair.example.com;unknownparam SIP/2.0',
        'TO :',
        ' sip:vivekg@chair.example.com ;   tag    = 1918181833n',
        'f   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>',
        '  ;',
        '  tag = 98asjd8',
        'MaX-fOrWaRdS: 0068',
        'i: wsinv.ndaksdj@192.0.2.1',
        'cseq: 0009',
        '  INVITE',
        'v: SIP/2.0/WS 192.0.2.2;branch=z9hG4bK390skdjuw',
      ),
      'request',
    ],
    [
      '3.1.1.2 an odd method',
      lines(
        "!interesting-Method0123456789_*+`.%indeed'~ sip:a@b SIP/2.0",
        ...basics.slice(0, 4),
        "CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~",
      ),
      'request',
    ],
    [
      '3.1.1.3 escaped characters in the URI',
      lines('INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0', ...basics),
      'request',
    ],
    [
      '3.1.1.6 no white space between name and bracket',
      lines(
        'OPTIONS sip:user@example.com SIP/2.0',
        ...basics.slice(0, 1),
        'From: caller<sip:caller@example.com>;tag=323',
        'To: sip:user@example.com',
        'Call-ID: l',
        'CSeq: 60 OPTIONS',
      ),
      'request',
    ],
    [
      '3.1.1.12 a Unicode reason',
      lines('SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое', ...basics),
      'response',
    ],
    ['3.1.1.13 no reason', lines('SIP/2.0 100 ', ...basics), 'response'],
    ['3.1.2.1 extra separators in the start line', lines('INVITE  sip:a@b SIP/2.0', ...basics), '400'],
    [
      '3.1.2.2 content length larger than the message',
      `${lines('INVITE sip:a@b SIP/2.0', ...basics, 'Content-Length: 9999')}v=0\r\n`,
      '400',
    ],
    ['3.1.2.3 negative content length', lines('INVITE sip:a@b SIP/2.0', ...basics, 'Content-Length: -999'), '400'],
    [
      '3.1.2.4 overlarge CSeq',
      lines('REGISTER sip:example.com SIP/2.0', ...basics.slice(0, 4), 'CSeq: 36893488147419103232 REGISTER'),
      '400',
    ],
    [
      '3.1.2.4 overlarge Max-Forwards',
      lines('INVITE sip:a@b SIP/2.0', ...basics.slice(0, 5), 'Max-Forwards: 300'),
      '400',
    ],
    [
      '3.1.2.5 overlarge CSeq in a response',
      lines('SIP/2.0 503 Service Unavailable', ...basics.slice(0, 4), 'CSeq: 9292394834772304023312 OPTIONS'),
      'ignored',
    ],
    ['3.1.2.8 spaces within the URI', lines('INVITE sip:user@example.com; lr SIP/2.0', ...basics), '400'],
    [
      '3.1.2.10 spaces after the version',
      lines('OPTIONS sip:remote@example.com SIP/2.0  ', ...basics.slice(0, 4), 'CSeq: 1 OPTIONS'),
      '400',
    ],
    [
      '3.1.2.16 unknown version',
      lines('OPTIONS sip:t.watson@example.org SIP/7.0', ...basics.slice(0, 4), 'CSeq: 1 OPTIONS'),
      '505',
    ],
    ['3.1.2.17 method of CSeq differs', lines('OPTIONS sip:a@b SIP/2.0', ...basics), '400'],
    ['3.1.2.19 overlarge status', lines('SIP/2.0 4294967301 better not break the receiver', ...basics), '400'],
    [
      '3.3.1 missing required headers',
      lines(
        'INVITE sip:user@example.com SIP/2.0',
        'CSeq: 193942 INVITE',
        'Via: SIP/2.0/WS 192.0.2.95;branch=z9hG4bKkdj.insuf',
      ),
      'ignored',
    ],
    [
      '3.3.8 several values of single headers',
      lines('INVITE sip:a@b SIP/2.0', ...basics, 'CSeq: 2 INVITE', 'Call-ID: other'),
      '400',
    ],
    [
      '3.3.9 several Content-Lengths',
      lines('INVITE sip:a@b SIP/2.0', ...basics, 'Content-Length: 0', 'Content-Length: 1'),
      '400',
    ],
    [
      '3.3.11 Max-Forwards of zero',
      lines('OPTIONS sip:a@b SIP/2.0', ...basics.slice(0, 4), 'CSeq: 1 OPTIONS', 'Max-Forwards: 0'),
      '483',
    ],
    ['a lone CR in a header', lines('INVITE sip:a@b SIP/2.0', ...basics, 'Subject: x\rVia: y'), 'ignored'],
    ['NUL in a header', lines('INVITE sip:a@b SIP/2.0', ...basics, 'Subject: x\u0000'), 'ignored'],
    ['no end of the headers', 'INVITE sip:a@b SIP/2.0\r\n', 'ignored'],
    ['HTTP', lines('GET / HTTP/1.1', 'Host: a'), 'ignored'],
    [
      'too many headers',
      lines('INVITE sip:a@b SIP/2.0', ...basics, ...Array.from({ length: 200 }, () => 'X-A: 1')),
      'ignored',
    ],
  ])('%s', (_name, text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  it('never throws anything else, whatever comes', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '\r\n',
        ':',
        ' SIP/2.0',
        'INVITE sip:a@b SIP/2.0\r\n',
        'Via: ',
        ';tag=',
        '"',
        '<',
        '>',
        ...basics.map((line) => `${line}\r\n`),
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        outcome(pieces.join(''));
        parseNameAddress(pieces.join(''));
        parseSipUri(pieces.join(''));
      }),
      { numRuns: 3000 },
    );
  });

  it('is not slow on input made to be slow', () => {
    const started = performance.now();
    const spaces = ' '.repeat(60_000);
    outcome(lines('INVITE sip:a@b SIP/2.0', `X:${spaces}\u0001`));
    for (const text of [
      `${spaces}x`,
      `"${'\\"'.repeat(30_000)}`,
      ';'.repeat(60_000),
      `<${spaces}`,
      `a${'"'.repeat(60_000)}`,
    ])
      parseNameAddress(text);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('composing SIP', () => {
  it('refuses anything that would make a header line of its own', () => {
    for (const value of ['a\r\nX: 1', 'a\nX: 1', 'a\rX', 'a\u0000']) {
      expect(() => composeMessage('BYE sip:a@b SIP/2.0', [['Subject', value]])).toThrow();
      expect(() => composeMessage('BYE sip:a@b SIP/2.0', [[`Sub${value}`, 'x']])).toThrow();
      expect(() => composeMessage(`BYE sip:${value}@b SIP/2.0`, [])).toThrow();
    }
  });

  it('copies what a response must copy, and adds the tag once', () => {
    const request = parseSipMessage(lines('INVITE sip:a@b SIP/2.0', 'Via: SIP/2.0/WS p;branch=z9hG4bKp', ...basics));
    const response = parseSipMessage(composeResponse(request.headers as SipHeaders, 180, { toTag: 'abc' }));
    expect(response.headers.all('via')).toEqual([
      'SIP/2.0/WS p;branch=z9hG4bKp',
      'SIP/2.0/WS a.invalid;branch=z9hG4bKx',
    ]);
    expect(response.headers.get('to')).toBe('<sip:c@d>;tag=abc');
    expect(response.headers.get('cseq')).toBe('1 INVITE');
  });
});
