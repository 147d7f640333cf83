import { describe, expect, it } from 'vitest';
import { checkVersion } from './connection.ts';
import { hangupCauseOf } from './hangup-cause.ts';
import { repairedWav } from './wav-repair.ts';

describe('the reason why a leg ended', () => {
  const rung = { origin: 'ring', answered: false, rang: true } as const;
  it.each([
    [17, 'busy'],
    [19, 'no-answer'],
    [20, 'unreachable'],
    [1, 'unreachable'],
    [21, 'rejected'],
    [26, 'answered-elsewhere'],
    [38, 'failed'],
    [127, 'failed'],
  ])('Q.850 %i of a leg that rang is %s', (cause, expected) => {
    expect(hangupCauseOf({ ...rung, cause })).toBe(expected);
  });

  it('depends on who ended it and when', () => {
    expect(hangupCauseOf({ ...rung, cause: 18 })).toBe('no-answer');
    expect(hangupCauseOf({ ...rung, rang: false, cause: 18 })).toBe('unreachable');
    expect(hangupCauseOf({ ...rung, answered: true, cause: 16 })).toBe('normal');
    expect(hangupCauseOf({ ...rung, answered: true, cause: 44 })).toBe('media-timeout');
    expect(hangupCauseOf({ ...rung, origin: 'trunk', cause: 127 })).toBe('cancelled');
    expect(hangupCauseOf({ ...rung, cause: 16, ours: 'answered-elsewhere' })).toBe('answered-elsewhere');
  });
});

describe('the version of Asterisk', () => {
  it.each(['22.10.1', '22.10.1+dfsg+~cs6.17', '22.11.0', '23.0.0', 'certified/22.12'])('%s is accepted', (version) => {
    expect(() => checkVersion(version)).not.toThrow();
  });
  it.each(['22.10.0', '22.9.9', '20.99.0', '22.10', 'GIT-master'])('%s is refused with the fix', (version) => {
    expect(() => checkVersion(version)).toThrow(/needs 22\.10\.1 or later.*Upgrade/);
  });
});

describe('a WAV file that was not closed', () => {
  const file = (declared: number, samples: number) => {
    const bytes = Buffer.alloc(44 + samples * 2);
    bytes.write('RIFF', 0);
    bytes.writeUInt32LE(36 + declared, 4);
    bytes.write('WAVEfmt ', 8);
    bytes.writeUInt32LE(16, 16);
    bytes.write('data', 36);
    bytes.writeUInt32LE(declared, 40);
    return new Uint8Array(bytes);
  };
  it('gets the lengths of what is really there', () => {
    const repaired = Buffer.from(repairedWav(file(0, 100)));
    expect(repaired.readUInt32LE(40)).toBe(200);
    expect(repaired.readUInt32LE(4)).toBe(repaired.length - 8);
  });
  it('is left alone when they are right, or when it is no WAV', () => {
    const right = file(200, 100);
    expect(repairedWav(right)).toBe(right);
    const other = new Uint8Array(100);
    expect(repairedWav(other)).toBe(other);
  });
});
