import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byPlace, type InLine, offersFor, type QueueLine } from './line.ts';
import { honestWait, NO_AVERAGE, secondsPerPlace, withAnswer } from './wait-average.ts';

const MEMBERS = ['a', 'b', 'c', 'd', 'e'];
const QUEUES = ['q', 'r'];
const waiter = fc.record({
  queueId: fc.constantFrom(...QUEUES),
  since: fc.integer({ min: 0, max: 20 }),
  kind: fc.constantFrom('call', 'callback'),
  ringing: fc.constantFrom(0, 0, 1),
  paused: fc.constantFrom(false, false, true),
});
const line = fc
  .array(waiter, { maxLength: 12 })
  .map((all): InLine[] => all.map((each, index) => ({ ...each, id: `w${index}` })));
const memberships = fc.record({ q: fc.shuffledSubarray(MEMBERS), r: fc.shuffledSubarray(MEMBERS) });
const strategy = fc.constantFrom('ring-all', 'longest-idle', 'round-robin');
const idle = fc.dictionary(fc.constantFrom(...MEMBERS), fc.integer({ min: 0, max: 9 }));
const house = fc.record({
  line,
  memberships,
  strategies: fc.tuple(strategy, strategy),
  idle,
  last: fc.option(fc.constantFrom(...MEMBERS), { nil: undefined }),
});

function linesOf({
  memberships: members,
  strategies,
  last,
}: {
  memberships: Record<'q' | 'r', string[]>;
  strategies: [QueueLine['strategy'], QueueLine['strategy']];
  last: string | undefined;
}) {
  return new Map<string, QueueLine>([
    ['q', { id: 'q', strategy: strategies[0], members: members.q, lastRung: last }],
    ['r', { id: 'r', strategy: strategies[1], members: members.r, lastRung: last }],
  ]);
}

describe('who rings for whom', () => {
  it('promises nobody twice, and only free members of the queue to those who can be rung for', () => {
    fc.assert(
      fc.property(house, (given) => {
        const lines = linesOf(given);
        const offers = offersFor(given.line, lines, new Map(Object.entries(given.idle)));
        const promised = offers.flatMap(({ accountIds }) => accountIds);
        expect(new Set(promised).size).toBe(promised.length);
        for (const { waiterId, accountIds } of offers) {
          const waits = given.line.find(({ id }) => id === waiterId) as InLine;
          expect(accountIds.length).toBeGreaterThan(0);
          expect(waits.paused).toBe(false);
          for (const id of accountIds) {
            expect(given.idle).toHaveProperty(id);
            expect(lines.get(waits.queueId)?.members).toContain(id);
          }
        }
      }),
    );
  });

  it('lets nobody overtake: whoever gets nothing could have had nobody who went to somebody behind them', () => {
    fc.assert(
      fc.property(house, (given) => {
        const lines = linesOf(given);
        const offers = offersFor(given.line, lines, new Map(Object.entries(given.idle)));
        const got = new Map(offers.map(({ waiterId, accountIds }) => [waiterId, accountIds]));
        for (const waits of given.line) {
          if (waits.paused || waits.ringing > 0 || got.has(waits.id)) continue;
          const members = lines.get(waits.queueId)?.members ?? [];
          for (const other of given.line)
            if (byPlace(other, waits) > 0)
              expect((got.get(other.id) ?? []).filter((id) => members.includes(id))).toEqual([]);
        }
      }),
    );
  });

  it('leaves nobody idle for whom somebody waits', () => {
    fc.assert(
      fc.property(house, (given) => {
        const lines = linesOf(given);
        const offers = offersFor(given.line, lines, new Map(Object.entries(given.idle)));
        const promised = new Set(offers.flatMap(({ accountIds }) => accountIds));
        const served = new Set(offers.map(({ waiterId }) => waiterId));
        const left = Object.keys(given.idle).filter((id) => !promised.has(id));
        for (const waits of given.line)
          if (!waits.paused && waits.ringing === 0 && !served.has(waits.id))
            expect(left.filter((id) => lines.get(waits.queueId)?.members.includes(id))).toEqual([]);
      }),
    );
  });

  it('is fair over time: after as many calls as there are members, each has had the same number', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('longest-idle', 'round-robin'),
        fc.shuffledSubarray(MEMBERS, { minLength: 1 }),
        fc.integer({ min: 1, max: 6 }),
        (fair, members, rounds) => {
          const idleSince = new Map(members.map((id) => [id, 0]));
          const served = new Map(members.map((id) => [id, 0]));
          let lastRung: string | undefined;
          for (let now = 1; now <= members.length * rounds; now += 1) {
            const lines = new Map([['q', { id: 'q', strategy: fair, members, lastRung } as QueueLine]]);
            const waits: InLine = { id: 'w', queueId: 'q', since: now, kind: 'call', ringing: 0, paused: false };
            const [chosen] = offersFor([waits], lines, idleSince)[0]?.accountIds ?? [];
            served.set(chosen as string, (served.get(chosen as string) ?? 0) + 1);
            // The call is over before the next one comes.
            idleSince.set(chosen as string, now);
            lastRung = chosen;
          }
          expect([...served.values()]).toEqual(members.map(() => rounds));
        },
      ),
    );
  });
});

describe('the time to wait', () => {
  it('is not told before enough were answered', () => {
    const once = withAnswer(NO_AVERAGE, 60_000, 1);
    expect(honestWait(once, 1)).toBeUndefined();
    expect(secondsPerPlace(withAnswer(withAnswer(once, 60_000, 1), 60_000, 1))).toBe(60);
  });

  it('is never promised shorter than it is expected, in words that a caller can use', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600_000 }), fc.integer({ min: 1, max: 40 }), (msPerPlace, place) => {
        const said = honestWait({ msPerPlace, answered: 10 }, place);
        const minutes = (msPerPlace * place) / 60_000;
        if (said?.kind === 'minutes') {
          expect(said.minutes).toBeGreaterThanOrEqual(minutes);
          expect(said.minutes - minutes).toBeLessThan(said.minutes > 10 ? 5 : 1.01);
          expect(said.minutes > 10 ? said.minutes % 5 : 0).toBe(0);
        } else expect(said?.kind).toBe(minutes < 1 ? 'short' : 'long');
      }),
    );
  });

  it('follows the latest answers, and counts by place: the tenth in line does not make the first wait longer', () => {
    let average = NO_AVERAGE;
    for (let index = 0; index < 5; index += 1) average = withAnswer(average, 600_000, 10);
    expect(secondsPerPlace(average)).toBe(60);
    for (let index = 0; index < 30; index += 1) average = withAnswer(average, 10_000, 1);
    expect(secondsPerPlace(average)).toBeLessThan(11);
  });
});
