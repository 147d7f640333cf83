import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_VERIFICATION_POLICY,
  drawQuestions,
  isCommonPin,
  ladderFor,
  type VerificationPolicy,
} from './verification.ts';

const policy = DEFAULT_VERIFICATION_POLICY;
const withPin: VerificationPolicy = { ...policy, undeclared: { questions: 2, pin: true } };

describe('the ladder', () => {
  test.each([
    // [policy, declared, questions there are, PIN set] → [questions asked, PIN asked, possible]
    [policy, true, 10, true, 1, false, true],
    [policy, true, 1, false, 1, false, true],
    [policy, true, 0, true, 0, true, true],
    [policy, true, 0, false, 0, true, false],
    [policy, false, 10, true, 3, false, true],
    [policy, false, 3, false, 3, false, true],
    [policy, false, 2, true, 2, true, true],
    [policy, false, 2, false, 2, true, false],
    [policy, false, 0, true, 0, true, true],
    [withPin, false, 5, true, 2, true, true],
    [withPin, false, 5, false, 2, true, false],
  ] as const)('%# declared %s', (rules, declared, availableQuestions, pinSet, questions, pin, possible) => {
    expect(ladderFor(rules, { declared, availableQuestions, pinSet })).toEqual({ questions, pin, possible });
  });

  test('a policy that asks nothing verifies nobody', () => {
    const lax = { ...policy, declared: { questions: 0, pin: false } };
    expect(ladderFor(lax, { declared: true, availableQuestions: 5, pinSet: true }).possible).toBe(false);
  });

  test('never asks less than the policy without asking for the PIN', () => {
    const step = fc.record({ questions: fc.integer({ min: 0, max: 5 }), pin: fc.boolean() });
    fc.assert(
      fc.property(
        step,
        step,
        fc.boolean(),
        fc.nat(10),
        fc.boolean(),
        (forDeclared, forOthers, declared, availableQuestions, pinSet) => {
          const wanted = declared ? forDeclared : forOthers;
          const climbed = ladderFor(
            { ...policy, declared: forDeclared, undeclared: forOthers },
            { declared, availableQuestions, pinSet },
          );
          if (climbed.questions < wanted.questions || wanted.pin) expect(climbed.pin).toBe(true);
          if (climbed.possible) expect(climbed.questions + (climbed.pin ? 1 : 0)).toBeGreaterThan(0);
          if (climbed.pin && !pinSet) expect(climbed.possible).toBe(false);
        },
      ),
    );
  });

  test('the defaults keep what the directive asks: one to five questions from a number that is not declared', () => {
    expect(policy.undeclared.questions).toBeGreaterThanOrEqual(1);
    expect(policy.undeclared.questions).toBeLessThanOrEqual(5);
    expect(policy.declared.questions).toBeLessThan(policy.undeclared.questions);
    expect([policy.attemptsPerCall, policy.failuresBeforeLock]).toEqual([3, 10]);
  });
});

describe('drawing questions', () => {
  test('takes the number wanted, none twice, all of them from the list', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(1000), { maxLength: 10 }),
        fc.nat(12),
        fc.infiniteStream(fc.nat(1_000_000)),
        (items, count, numbers) => {
          const drawn = drawQuestions(items, count, (below) => numbers.next().value % below);
          expect(drawn).toHaveLength(Math.min(count, items.length));
          expect(new Set(drawn).size).toBe(drawn.length);
          for (const item of drawn) expect(items).toContain(item);
        },
      ),
    );
  });

  test('every draw of k out of n can happen, and the list stays as it was', () => {
    const items = ['a', 'b', 'c', 'd'];
    const seen = new Set<string>();
    for (let first = 0; first < 4; first += 1)
      for (let second = 0; second < 3; second += 1) {
        const numbers = [first, second];
        seen.add(drawQuestions(items, 2, () => numbers.shift() ?? 0).join(''));
      }
    expect(seen.size).toBe(12);
    expect(items).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('PINs that guessers try first', () => {
  test.each([
    '1234',
    '0000',
    '7777',
    '4321',
    '0123',
    '7890',
    '9876',
    '1212',
    '6969',
    '1122',
    '1399',
    '1402',
    '1985',
    '2020',
    '2580',
    '123456',
    '654321',
    '111111',
    '121212',
    '112233',
  ])('%s is refused', (pin) => {
    expect(isCommonPin(pin)).toBe(true);
  });

  test.each(['4829', '7301', '5938', '1537', '2468', '482951', '190837'])('%s is taken', (pin) => {
    expect(isCommonPin(pin)).toBe(false);
  });

  test('most PINs remain', () => {
    const common = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, '0')).filter(isCommonPin);
    expect(common.length).toBeGreaterThan(400);
    expect(common.length).toBeLessThan(700);
  });
});
