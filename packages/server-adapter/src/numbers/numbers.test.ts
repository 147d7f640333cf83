import { CZECHIA, contract, type ImportReport } from '@callweave/sdk/protocol';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../http/operation.ts';
import { callerOf, change, read } from '../http/testing/invoke.ts';
import { dayIn } from '../orders/index.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { closeCases, noteMissed, openCases } from './callback-cases.ts';
import { createNumbers, type Numbers, noteAttempt } from './index.ts';

const ACCESS = '+420234234399';
const REAL = '+420601000111';
const MANAGER = callerOf('manager', 'manager');

describeStores('projects, fictitious numbers, field callers, pairings', (makeStore, dialect) => {
  let store: Store;
  let numbers: Numbers;
  let now = new Date('2026-11-22T10:00:00.000Z');

  beforeAll(async () => {
    await fresh();
  });

  async function fresh(): Promise<void> {
    now = new Date('2026-11-22T10:00:00.000Z');
    const clock = { now: () => now };
    store = await makeStore({ clock });
    numbers = createNumbers({
      store,
      clock,
      plan: CZECHIA,
      dayOf: (at) => dayIn('Europe/Prague', at),
      ownNumbers: [ACCESS],
      accessNumber: ACCESS,
      exchangeNumber: null,
      hasRole: async (_tx, accountId, role) => accountId.startsWith('field') && role === 'field-caller',
      phoneOf: async () => undefined,
      control: undefined,
      onError: (error) => {
        throw error;
      },
    });
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers of every operation
  async function ask(group: string, name: string, input: object = {}, caller: Caller = MANAGER): Promise<any> {
    const endpoint = (contract as never as Record<string, Record<string, never>>)[group]?.[name] as never;
    const operation = numbers.operations[group]?.[name];
    return typeof operation === 'function'
      ? read(endpoint, operation as never, input as never, caller)
      : change(store, endpoint, operation as never, input as never, caller);
  }
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code?: string; message: string }) => error.code ?? error.message,
    );

  it('a project and its info column; names are distinct among active ones', async () => {
    await fresh();
    const project = await ask('projects', 'create', {
      name: 'Bank branches',
      info: 'Call the branch.\nAsk for a mortgage.',
      numbersToCall: [{ label: 'Brno', number: '+420541234567' }],
      numbering: 'CZ',
      endsOn: '2026-12-31',
    });
    expect(project).toMatchObject({ state: 'active', fictitiousNumbers: [], dialPolicy: { allowed: null } });
    expect(await codeOf(ask('projects', 'create', { name: 'Bank branches' }))).toBe('project-name-taken');
    expect(await codeOf(ask('projects', 'create', { name: 'Late', endsOn: '2026-11-21' }))).toBe('invalid-input');
    expect(await codeOf(ask('projects', 'update', { projectId: 'project_none', name: 'x' }))).toBe('not-found');
    expect(await ask('projects', 'update', { projectId: project.id, info: 'New text' })).toMatchObject({
      info: 'New text',
      name: 'Bank branches',
      endsOn: '2026-12-31',
    });
    await ask('projects', 'end', { projectId: project.id });
    expect(await ask('projects', 'end', { projectId: project.id })).toMatchObject({ state: 'over' });
    expect(await codeOf(ask('projects', 'update', { projectId: project.id, name: 'x' }))).toBe('project-over');
    expect(await codeOf(ask('projects', 'create', { name: 'Bank branches' }))).toBe('done');
    expect((await ask('projects', 'list')).projects).toHaveLength(1);
    expect((await ask('projects', 'list', { state: 'all' })).projects).toHaveLength(2);
  });

  it('a fictitious number belongs to one active project, and is kept while it is paired', async () => {
    await fresh();
    const [one, two] = [
      await ask('projects', 'create', { name: 'One' }),
      await ask('projects', 'create', { name: 'Two' }),
    ];
    const number = await ask('fictitiousNumbers', 'create', { number: '+420228880001', projectId: one.id });
    expect(await codeOf(ask('fictitiousNumbers', 'create', { number: '+420228880001' }))).toBe(
      'fictitious-number-taken',
    );
    expect(await codeOf(ask('fictitiousNumbers', 'create', { number: ACCESS }))).toBe('invalid-input');
    const jana = await ask('fieldCallers', 'create', { name: 'Jana', number: REAL });
    const pairing = await ask('pairings', 'create', { numberId: number.id, fieldCallerId: jana.id });
    for (const [name, input] of [
      ['assign', { numberId: number.id, projectId: two.id }],
      ['remove', { numberId: number.id }],
    ] as const)
      expect(await codeOf(ask('fictitiousNumbers', name, input))).toBe('fictitious-number-paired');
    await ask('pairings', 'end', { pairingId: pairing.id });
    expect(await ask('fictitiousNumbers', 'assign', { numberId: number.id, projectId: two.id })).toMatchObject({
      project: { name: 'Two' },
    });
    // The end of a project frees its numbers.
    await ask('projects', 'end', { projectId: two.id });
    expect((await ask('fictitiousNumbers', 'list')).numbers).toMatchObject([{ project: null, pairings: 0 }]);
    expect(await codeOf(ask('pairings', 'create', { numberId: number.id, fieldCallerId: jana.id }))).toBe(
      'number-without-project',
    );
    // The database itself refuses what the operations would.
    await expect(
      store.write((tx) =>
        tx.db
          .insertInto('fictitious_numbers')
          .values({ id: 'x', number: '+420228880001', project_id: one.id, created_at: '' })
          .execute(),
      ),
    ).rejects.toThrow();
  });

  it('field callers: one active one for a number and for an account; switching off ends their pairings', async () => {
    await fresh();
    const project = await ask('projects', 'create', { name: 'One' });
    const number = await ask('fictitiousNumbers', 'create', { number: '+420228880001', projectId: project.id });
    const jana = await ask('fieldCallers', 'create', { name: 'Jana', number: REAL, accountId: 'field_jana' });
    expect(await codeOf(ask('fieldCallers', 'create', { name: 'Petr', number: REAL }))).toBe('real-number-taken');
    expect(
      await codeOf(ask('fieldCallers', 'create', { name: 'Petr', number: '+420601000222', accountId: 'field_jana' })),
    ).toBe('not-a-field-caller');
    expect(
      await codeOf(ask('fieldCallers', 'create', { name: 'Petr', number: '+420601000222', accountId: 'agent' })),
    ).toBe('not-a-field-caller');
    await ask('pairings', 'create', { numberId: number.id, fieldCallerId: jana.id });
    const own = await ask('fieldCalls', 'pairings', {}, callerOf('field_jana', 'field-caller'));
    expect(own).toMatchObject({ pairings: [{ spokenId: 1, fictitiousNumber: '+420228880001' }], accessNumber: ACCESS });
    expect(JSON.stringify(own)).not.toContain(REAL);
    expect(await ask('fieldCalls', 'pairings', {}, callerOf('field_other', 'field-caller'))).toMatchObject({
      pairings: [],
    });
    await ask('fieldCallers', 'update', { fieldCallerId: jana.id, active: false });
    expect((await ask('pairings', 'list')).pairings).toEqual([]);
    expect(await codeOf(ask('pairings', 'create', { numberId: number.id, fieldCallerId: jana.id }))).toBe(
      'field-caller-inactive',
    );
    expect(await codeOf(ask('fieldCallers', 'create', { name: 'Petr', number: REAL }))).toBe('done');
    // Somebody else has the number now.
    expect(await codeOf(ask('fieldCallers', 'update', { fieldCallerId: jana.id, active: true }))).toBe(
      'real-number-taken',
    );
  });

  it('IDs are small, stay while the pairing is active, and are distinct for one field caller', async () => {
    await fresh();
    const project = await ask('projects', 'create', { name: 'One' });
    const jana = await ask('fieldCallers', 'create', { name: 'Jana', number: REAL });
    const petr = await ask('fieldCallers', 'create', { name: 'Petr', number: '+420601000222' });
    const ids: string[] = [];
    for (const last of [1, 2, 3, 4])
      ids.push((await ask('fictitiousNumbers', 'create', { number: `+42022888000${last}`, projectId: project.id })).id);
    const pair = (index: number, fieldCallerId: string) =>
      ask('pairings', 'create', { numberId: ids[index], fieldCallerId });
    const first = await pair(0, jana.id);
    const second = await pair(1, jana.id);
    expect([first.spokenId, second.spokenId, (await pair(0, petr.id)).spokenId]).toEqual([1, 2, 1]);
    expect(await codeOf(pair(0, jana.id))).toBe('already-paired');
    await ask('pairings', 'end', { pairingId: first.id });
    expect((await pair(2, jana.id)).spokenId).toBe(1);
    expect((await pair(3, jana.id)).spokenId).toBe(3);
    expect(
      (await ask('pairings', 'list', { fieldCallerId: jana.id })).pairings
        .map((one: { spokenId: number }) => one.spokenId)
        .sort(),
    ).toEqual([1, 2, 3]);
    expect(await ask('pairings', 'list', { limit: 2 })).toMatchObject({ more: true });
    await expect(
      store.write((tx) =>
        tx.db
          .updateTable('pairings')
          .set({ spoken_id: 2 })
          .where('field_caller_id', '=', jana.id)
          .where('state', '=', 'active')
          .execute(),
      ),
    ).rejects.toThrow();
  });

  it('what the calendar ends is over on the next day where the house is, written or not', async () => {
    await fresh();
    const project = await ask('projects', 'create', { name: 'One', endsOn: '2026-11-25' });
    const number = await ask('fictitiousNumbers', 'create', { number: '+420228880001', projectId: project.id });
    const jana = await ask('fieldCallers', 'create', { name: 'Jana', number: REAL, accountId: 'field_jana' });
    const pairing = await ask('pairings', 'create', {
      numberId: number.id,
      fieldCallerId: jana.id,
      expiresOn: '2026-11-22',
    });
    const own = async () =>
      (await ask('fieldCalls', 'pairings', {}, callerOf('field_jana', 'field-caller'))).pairings.length;
    expect(await own()).toBe(1);
    // Midnight in Prague is 23:00 UTC.
    now = new Date('2026-11-22T22:59:00.000Z');
    expect(await own()).toBe(1);
    now = new Date('2026-11-22T23:01:00.000Z');
    expect(await own()).toBe(0);
    expect(await ask('pairings', 'update', { pairingId: pairing.id, expiresOn: '2026-11-24' })).toMatchObject({
      state: 'active',
    });
    expect(await own()).toBe(1);
    now = new Date('2026-11-25T10:00:00.000Z');
    await numbers.endOverdue();
    expect(await codeOf(ask('pairings', 'update', { pairingId: pairing.id, expiresOn: null }))).toBe('pairing-over');
    now = new Date('2026-11-26T10:00:00.000Z');
    expect(await codeOf(ask('fictitiousNumbers', 'create', { number: '+420228880002', projectId: project.id }))).toBe(
      'project-over',
    );
    await numbers.endOverdue();
    expect((await ask('fictitiousNumbers', 'list')).numbers).toMatchObject([{ project: null }]);
  });

  it('who called in vain is forgotten after 90 days', async () => {
    await store.write((tx) => noteAttempt(tx, { called: ACCESS, caller: '+420777000000', reason: 'not-paired' }));
    now = new Date(now.getTime() + 89 * 86_400_000);
    await numbers.endOverdue();
    expect((await ask('refusedAttempts', 'list')).attempts).toHaveLength(1);
    now = new Date(now.getTime() + 2 * 86_400_000);
    await numbers.endOverdue();
    expect((await ask('refusedAttempts', 'list')).attempts).toEqual([]);
  });

  it('audit lines hold no number', async () => {
    const lines = await store.db.selectFrom('ledger').selectAll().execute();
    expect(lines.length).toBeGreaterThan(5);
    expect(JSON.stringify(lines.map(({ data, subject }) => [data, subject]))).not.toMatch(/\+?\d{9,}/);
  });

  describe('import', () => {
    const HEADER = 'project,fictitious_number,real_number,name,expires_on,locale';
    const importCsv = (csv: string, dryRun = false): Promise<ImportReport> =>
      ask('pairings', 'import', { csv, dryRun });

    it('all rows, or none and what is wrong with each', async () => {
      await fresh();
      await ask('projects', 'create', { name: 'Banks', numbering: 'CZ' });
      const two = await ask('projects', 'create', { name: 'Dealers, cars', numbering: 'CZ' });
      await ask('fictitiousNumbers', 'create', { number: '+420228889999', projectId: two.id });
      const bad = await importCsv(
        [
          HEADER,
          'Banks,228 880 001,601 000 111,Jana,,cs',
          'Unknown,228880002,601000112,Petr,,',
          'Banks,12,601000113,Eva,31. 12.,de',
          'Banks,228889999,601000114,Olga,2026-01-01,',
          'Banks,228880001,601000111,Jana,,',
          `Banks,${ACCESS},601000115,,,`,
          ',,,,,',
          '"Dealers, cars",228880001,601000111,Somebody else,,',
        ].join('\n'),
      );
      expect(bad).toMatchObject({ rows: 8, applied: false });
      expect(bad.problems.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
        '3 project unknown-project',
        '4 fictitious_number not-a-number',
        '4 expires_on not-a-day',
        '4 locale unknown-locale',
        '5 fictitious_number number-of-other-project',
        '5 expires_on already-past',
        '6 real_number twice',
        '7 fictitious_number own-number',
        '7 name missing',
        '8 project missing',
        '8 fictitious_number missing',
        '8 real_number missing',
        '9 fictitious_number number-of-other-project',
        '9 name other-name',
        '9 real_number twice',
      ]);
      expect((await ask('pairings', 'list')).pairings).toEqual([]);
      expect((await ask('fieldCallers', 'list')).fieldCallers).toEqual([]);
      expect(await importCsv('project,number\nBanks,1')).toMatchObject({
        problems: [
          { line: 1, column: 'fictitious_number', code: 'columns' },
          { line: 1, column: 'real_number', code: 'columns' },
          { line: 1, column: 'number', code: 'columns' },
        ],
      });
    });

    it('a dry run writes nothing; the same rows again change nothing; what is exported can be imported', async () => {
      await fresh();
      await ask('projects', 'create', { name: 'Banks', numbering: 'CZ' });
      await ask('projects', 'create', { name: 'Dealers', numbering: 'CZ' });
      const csv = `\ufeffProject;Fictitious number;Real number;Name;Expires on\r\nBanks;228880001;601000111;"Jana ""J"" Nová";\r\nDealers;228880002;601000111;;2026-12-24\r\n`;
      expect(await importCsv(csv, true)).toMatchObject({
        rows: 2,
        applied: false,
        created: 2,
        newFieldCallers: 1,
        newFictitiousNumbers: 2,
        problems: [],
      });
      expect((await ask('pairings', 'list')).pairings).toEqual([]);
      expect(await importCsv(csv)).toMatchObject({ applied: true, created: 2 });
      const { pairings } = await ask('pairings', 'list');
      expect([...pairings].sort((a, b) => a.spokenId - b.spokenId)).toMatchObject([
        {
          project: { name: 'Banks' },
          fieldCaller: { name: 'Jana "J" Nová', number: REAL },
          spokenId: 1,
          expiresOn: null,
        },
        { project: { name: 'Dealers' }, spokenId: 2, expiresOn: '2026-12-24' },
      ]);
      expect(await importCsv(csv)).toMatchObject({ applied: true, created: 0, changed: 0, unchanged: 2 });
      expect(await importCsv(csv.replace('2026-12-24', '2026-12-31'))).toMatchObject({ changed: 1, unchanged: 1 });
      const answer = numbers.operations['pairings']?.['export'] as () => Promise<Response>;
      const exported = await (await answer()).text();
      expect(exported).toContain('"Jana ""J"" Nová"');
      expect(await importCsv(exported)).toMatchObject({ applied: true, unchanged: 2, created: 0, changed: 0 });
    });

    it('thousands of rows in one write', async () => {
      await fresh();
      await ask('projects', 'create', { name: 'Banks', numbering: 'CZ' });
      const rows = Array.from({ length: 5000 }, (_, index) => {
        const end = String(index).padStart(5, '0');
        return `Banks,+4202288${end},+4206010${String(index % 1000).padStart(5, '0')},Caller ${index % 1000},,cs`;
      });
      expect(await importCsv([HEADER, ...rows].join('\n'))).toMatchObject({
        rows: 5000,
        applied: true,
        created: 5000,
        newFieldCallers: 1000,
        newFictitiousNumbers: 5000,
      });
      const events = await store.db
        .selectFrom('events')
        .select('type')
        .where('type', '=', 'pairings-changed')
        .execute();
      // One for the project, one for the whole import.
      expect(events).toHaveLength(2);
    }, 60_000);
  });

  it('ordinals: distinct among the open ones, the same until they close, never larger than needed', async () => {
    await fresh();
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.record({
              do: fc.constant('miss' as const),
              pairing: fc.integer({ min: 0, max: 2 }),
              other: fc.integer({ min: 0, max: 3 }),
            }),
            fc.record({ do: fc.constant('close' as const), which: fc.nat(20) }),
            fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 40 }) }),
          ),
          { maxLength: 25 },
        ),
        fc.uuid(),
        async (steps, fieldCallerId) => {
          const told = new Map<string, number>();
          for (const step of steps) {
            const before = await openCases(store.db, fieldCallerId, now);
            if (step.do === 'wait') now = new Date(now.getTime() + step.hours * 3_600_000);
            else if (step.do === 'close') {
              const chosen = before[step.which % Math.max(1, before.length)];
              if (chosen !== undefined) await store.write((tx) => closeCases(tx, { caseId: chosen.id }, 'connected'));
            } else {
              const { row, opened } = await store.write((tx) =>
                noteMissed(
                  tx,
                  {
                    fieldCallerId,
                    pairingId: `${fieldCallerId}-${step.pairing}`,
                    projectId: 'project',
                    fictitiousNumber: `+42022888000${step.pairing}`,
                    otherNumber: `+42054123456${step.other}`,
                  },
                  48,
                ),
              );
              const known = before.find(
                ({ pairing_id, other_number }) => pairing_id === row.pairing_id && other_number === row.other_number,
              );
              expect(opened).toBe(known === undefined);
              if (known !== undefined)
                expect(row).toMatchObject({ id: known.id, ordinal: known.ordinal, missed: known.missed + 1 });
              else expect(row.ordinal).toBeLessThanOrEqual(before.length + 1);
            }
            const open = await openCases(store.db, fieldCallerId, now);
            expect(new Set(open.map(({ ordinal }) => ordinal)).size).toBe(open.length);
            for (const { id, ordinal } of open) {
              expect(told.get(id) ?? ordinal).toBe(ordinal);
              told.set(id, ordinal);
            }
          }
        },
      ),
      { numRuns: dialect === 'sqlite' ? 60 : 8 },
    );
  }, 120_000);
});
