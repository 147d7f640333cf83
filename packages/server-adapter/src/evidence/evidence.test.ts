import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract } from '@callweave/sdk/protocol';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '../http/testing/invoke.ts';
import { AGENT, BUY_FOLAD, MANAGER } from '../orders/testing/order-rig.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { runEvidenceCommand } from './cli.ts';
import { createHeadExporter, fileHeadSink, readHeadFile } from './head-export.ts';
import { generateHeadKeys, readHeadKey, type SignedHead, type TrustedHeads } from './heads.ts';
import { createEvidence } from './operations.ts';
import { createSealedOrders, type SealedOrders } from './testing/sealed-orders.ts';
import { type Draw, deleteRow, flipBit, flipValue, swapLines, type Tampering } from './testing/tamper.ts';
import { verifyOrder } from './verify-order.ts';

type Row = Record<string, string | number | null>;

describeStores('evidence', (makeStore) => {
  let store: Store;
  let sealed: SealedOrders;
  let heads: TrustedHeads;
  const keys = generateHeadKeys();

  beforeAll(async () => {
    store = await makeStore();
    sealed = await createSealedOrders(store);
    const signed: SignedHead[] = [];
    const exporter = createHeadExporter({
      store,
      sink: { append: async (head) => void signed.push(head) },
      privateKey: readHeadKey(keys.privateKey, 'private'),
    });
    await exporter.exportNow();
    heads = { heads: signed, publicKey: readHeadKey(keys.publicKey, 'public') };
  });
  afterAll(() => sealed.cleanUp());

  const verify = (orderId: string) => verifyOrder({ db: store.db, files: sealed.files, heads }, orderId);
  const rows = async (table: string, where?: ReturnType<typeof sql>) =>
    (await sql<Row>`select * from ${sql.table(table)} ${where ?? sql``}`.execute(store.db)).rows;

  test('every order of the morning is proven: filled, changed, replaced and withdrawn', async () => {
    for (const [name, id] of Object.entries(sealed.orders)) {
      const report = await verify(id);
      expect({ name, breaks: report.checks.filter(({ ok }) => !ok) }).toEqual({ name, breaks: [] });
      expect(report.proven).toBe(true);
      expect(report.checks.map((check) => check.name)).toEqual(
        expect.arrayContaining([
          'chain',
          'signed-heads',
          'order',
          'submission',
          'verification',
          'read-back',
          'call-recorded',
          'recording-file',
        ]),
      );
    }
    // The withdrawn one was said in two calls, and both are looked at.
    const { checks } = await verify(sealed.orders.withdrawn);
    expect(checks.filter(({ name }) => name === 'recording-file')).toHaveLength(2);
  });

  /** Everything that proves one order, as something that can be tampered with. */
  function tamper(orderId: string, kind: string, draw: Draw): Promise<Tampering> {
    const ofOrder = sql`where order_id = ${orderId}`;
    const columnsOf = (all: readonly Row[], ...but: string[]) =>
      Object.keys(all[0] ?? {}).filter((column) => !but.includes(column));
    const kinds: Record<string, () => Promise<Tampering>> = {
      async 'flip ledger'() {
        const all = await rows('ledger', sql`order by seq`);
        return flipValue(store, 'ledger', 'seq', all, columnsOf(all, 'seq'), draw);
      },
      'delete ledger': async () => deleteRow(store, 'ledger', 'seq', await rows('ledger', sql`order by seq`), draw),
      'swap ledger': async () => swapLines(store, await rows('ledger', sql`order by seq`), draw),
      async 'flip order'() {
        const all = await rows('orders', sql`where id = ${orderId}`);
        return flipValue(store, 'orders', 'id', all, columnsOf(all, 'id'), draw);
      },
      async 'flip instruction'() {
        const all = await rows('instructions', ofOrder);
        return flipValue(store, 'instructions', 'id', all, columnsOf(all, 'order_id'), draw);
      },
      'delete instruction': async () =>
        deleteRow(store, 'instructions', 'id', await rows('instructions', ofOrder), draw),
      async 'flip fill'() {
        const all = await rows('fills', ofOrder);
        return flipValue(store, 'fills', 'id', all, columnsOf(all, 'order_id'), draw);
      },
      'delete fill': async () => deleteRow(store, 'fills', 'id', await rows('fills', ofOrder), draw),
      async 'flip recording'() {
        const all = await rows(
          'recordings',
          sql`where id in (select recording_id from instructions where order_id = ${orderId})`,
        );
        return flipValue(
          store,
          'recordings',
          'id',
          all,
          columnsOf(all, 'tracks', 'waiting', 'pause_reason', 'paused_at'),
          draw,
        );
      },
      'delete recording': async () =>
        deleteRow(
          store,
          'recordings',
          'id',
          await rows(
            'recordings',
            sql`where id in (select recording_id from instructions where order_id = ${orderId})`,
          ),
          draw,
        ),
      async 'flip file key'() {
        const all = await rows(
          'file_keys',
          sql`where file in (select file from recordings where id in (select recording_id from instructions where order_id = ${orderId}))`,
        );
        return flipValue(store, 'file_keys', 'id', all, columnsOf(all, 'created_at'), draw);
      },
      async 'flip file'() {
        const [recording] = await rows(
          'recordings',
          sql`where id in (select recording_id from instructions where order_id = ${orderId})`,
        );
        return flipBit(join(sealed.folder, String(recording?.['file'])), draw);
      },
    };
    const chosen = kinds[kind];
    if (!chosen) throw new Error(`no tampering "${kind}"`);
    return chosen();
  }

  test('any single tampering is found', async () => {
    const draws = fc.record({ row: fc.nat(10_000), column: fc.nat(10_000), place: fc.nat(1_000_000) });
    const kinds = [
      'flip ledger',
      'delete ledger',
      'swap ledger',
      'flip order',
      'flip instruction',
      'delete instruction',
      'flip fill',
      'delete fill',
      'flip recording',
      'delete recording',
      'flip file key',
      'flip file',
    ];
    const found = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...kinds), draws, async (kind, draw) => {
        const orderId = sealed.orders.filled;
        const tampering = await tamper(orderId, kind, draw);
        try {
          const report = await verify(orderId);
          expect({ what: tampering.what, proven: report.proven }).toEqual({ what: tampering.what, proven: false });
          found.add(kind);
        } finally {
          await tampering.undo();
        }
      }),
      { numRuns: 220, endOnFailure: true },
    );
    expect([...found].sort()).toEqual([...kinds].sort());
    // Whatever was done has been undone: the test has not proven itself by a lasting break.
    expect((await verify(sealed.orders.filled)).checks.filter(({ ok }) => !ok)).toEqual([]);
  }, 120_000);

  test('an order that is deleted with all that belongs to it is missed', async () => {
    const id = sealed.orders.changed;
    const [order] = await rows('orders', sql`where id = ${id}`);
    const instructions = await rows('instructions', sql`where order_id = ${id}`);
    const tampering = await deleteRow(store, 'orders', 'id', order ? [order] : [], { row: 0, column: 0, place: 0 });
    const report = await verify(id);
    expect(report.checks.find(({ ok }) => !ok)).toMatchObject({
      name: 'order',
      detail: expect.stringContaining('the order is gone'),
    });
    await tampering.undo();
    for (const instruction of instructions) {
      await store.write((tx) =>
        sql`insert into instructions (${sql.join(Object.keys(instruction).map((column) => sql.ref(column)))}) values (${sql.join(Object.values(instruction))})`.execute(
          tx.db,
        ),
      );
    }
    expect((await verify(id)).proven).toBe(true);
  });

  test('the end of the chain cannot be cut off unseen, nor the heads be forged', async () => {
    const all = await rows('ledger', sql`order by seq`);
    // The last line does not concern this order: nothing else would miss it.
    const tampering = await deleteRow(store, 'ledger', 'seq', all, { row: all.length - 1, column: 0, place: 0 });
    const [without, withHeads] = [
      await verifyOrder({ db: store.db, files: sealed.files }, sealed.orders.filled),
      await verify(sealed.orders.filled),
    ];
    await tampering.undo();
    expect(without.proven).toBe(true);
    expect(withHeads.checks.find(({ ok }) => !ok)).toMatchObject({
      name: 'signed-heads',
      detail: expect.stringContaining('cut off'),
    });

    const forged = { ...heads, heads: heads.heads.map((head) => ({ ...head, seq: head.seq - 1 })) };
    const report = await verifyOrder({ db: store.db, files: sealed.files, heads: forged }, sealed.orders.filled);
    expect(report.checks.find(({ ok }) => !ok)).toMatchObject({
      name: 'signed-heads',
      detail: expect.stringContaining('not signed'),
    });
    const other = { ...heads, publicKey: readHeadKey(generateHeadKeys().publicKey, 'public') };
    expect((await verifyOrder({ db: store.db, files: sealed.files, heads: other }, sealed.orders.filled)).proven).toBe(
      false,
    );
  });

  test('a tampered row is not washed clean by the honest steps that follow', async () => {
    const customerId = await sealed.rig.customer();
    const call = await sealed.rig.call(customerId, { startedMsAgo: 1000 });
    const [first, second] = await sealed.rig.submitted(call.callId, BUY_FOLAD, BUY_FOLAD);
    if (!first || !second) throw new Error('no orders');
    await sealed.record(call);
    await sealed.announce();
    const tripled = JSON.stringify({ ...BUY_FOLAD, quantity: 1500 });
    await store.write((tx) => tx.db.updateTable('orders').set({ terms: tripled }).where('id', '=', first.id).execute());
    for (const { id } of [first, second]) {
      await sealed.rig.claim(id);
      await sealed.rig.accept(id);
      await sealed.rig.fill(id, 100);
    }
    // The last entry seals the tampered row, and yet:
    expect((await verify(first.id)).checks.filter(({ ok }) => !ok)).toMatchObject([{ name: 'terms' }]);

    expect((await verify(second.id)).proven).toBe(true);
    const theirs = { agent_id: 'account_other' };
    await store.write((tx) =>
      tx.db.updateTable('instructions').set(theirs).where('order_id', '=', second.id).execute(),
    );
    await sealed.rig.release(second.id);
    expect((await verify(second.id)).checks.filter(({ ok }) => !ok)).toMatchObject([{ name: 'submission' }]);
    const ours = { agent_id: AGENT.accountId };
    await store.write((tx) => tx.db.updateTable('instructions').set(ours).where('order_id', '=', second.id).execute());
    await sealed.rig.claim(second.id);
    expect((await verify(second.id)).proven).toBe(true);
    await store.write((tx) => tx.db.updateTable('fills').set({ rial: 9 }).where('order_id', '=', second.id).execute());
    await sealed.rig.fill(second.id, 100);
    expect((await verify(second.id)).checks.filter(({ ok }) => !ok)).toMatchObject([{ name: 'fills' }]);
  });

  test('an order whose call goes on is not proven yet, and a draft is none', async () => {
    const customerId = await sealed.rig.customer();
    const call = await sealed.rig.call(customerId);
    const [order] = await sealed.rig.submitted(call.callId, BUY_FOLAD);
    const early = await verify(order?.id ?? '');
    expect(early.checks.find(({ ok }) => !ok)).toMatchObject({
      name: 'recording-file',
      detail: expect.stringContaining('not stored yet'),
    });
    const draft = await sealed.rig.draft(call.callId, BUY_FOLAD);
    expect((await verify(draft.id)).checks.find(({ ok }) => !ok)).toMatchObject({ name: 'submission' });
    await sealed.rig.discard(draft.id);
    expect((await verify(draft.id)).checks.find(({ ok }) => !ok)).toMatchObject({
      name: 'order',
      detail: expect.stringContaining('was a draft'),
    });
  });

  test('a verification that had ended before the submission does not count', async () => {
    const customerId = await sealed.rig.customer();
    const call = await sealed.rig.call(customerId);
    // As a desk would have to be broken to do it: the ledger knows of the end, and yet the order goes through.
    await store.write((tx) =>
      tx.record({
        actor: 'system',
        action: 'verification.expired',
        subject: `call:${call.callId}`,
        data: { customerId, reason: 'long-hold' },
      }),
    );
    const [order] = await sealed.rig.submitted(call.callId, BUY_FOLAD);
    expect((await verify(order?.id ?? '')).checks.find(({ ok }) => !ok)).toMatchObject({ name: 'verification' });
  });

  test('the operations: a report, the audit trail page by page, and 404 for what never was', async () => {
    const operations = createEvidence({ db: store.db, files: sealed.files });
    expect(
      await read(contract.evidence.verifyOrder, operations.verifyOrder, { orderId: sealed.orders.filled }, MANAGER),
    ).toMatchObject({ proven: true });
    await expect(
      read(contract.evidence.verifyOrder, operations.verifyOrder, { orderId: 'order_none' }, MANAGER),
    ).rejects.toMatchObject({ code: 'not-found' });
    const subject = `order:${sealed.orders.filled}`;
    const { entries } = await read(contract.evidence.audit, operations.audit, { subject }, MANAGER);
    expect(entries.map(({ action }) => action)).toEqual(
      ['filled', 'partly-filled', 'accepted', 'claimed', 'announced', 'submitted', 'read-back', 'drafted'].map(
        (action) => `order.${action}`,
      ),
    );
    const page = await read(
      contract.evidence.audit,
      operations.audit,
      { subject, before: entries[2]?.seq, limit: 2 },
      MANAGER,
    );
    expect(page.entries).toEqual(entries.slice(3, 5));
    for (const entry of entries)
      expect(contract.evidence.audit.output.safeParse({ entries: [entry] }).success).toBe(true);
  });

  test('the command line proves an order by its number, names the break, and knows its usage', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'callweave-heads-'));
    try {
      const headFile = join(folder, 'heads.jsonl');
      const keyFile = join(folder, 'key.pem');
      await writeFile(keyFile, keys.publicKey);
      const exporter = createHeadExporter({
        store,
        sink: fileHeadSink(headFile),
        privateKey: readHeadKey(keys.privateKey, 'private'),
      });
      await exporter.exportNow();
      await exporter.exportNow();
      expect(await readHeadFile(headFile)).toHaveLength(1);

      const run = async (...args: string[]) => {
        const printed: string[] = [];
        let closed = 0;
        const code = await runEvidenceCommand(args, {
          open: async () => ({ db: store.db, files: sealed.files, close: async () => void (closed += 1) }),
          print: (line) => printed.push(line),
        });
        return { code, closed, text: printed.join('\n') };
      };
      const proven = await run('verify', '1', '--heads', headFile, '--key', keyFile);
      expect(proven).toMatchObject({ code: 0, closed: 1 });
      expect(proven.text).toMatch(/ok\s+signed-heads/);
      expect(proven.text).toContain('Proven:');

      const tampering = await tamper(sealed.orders.filled, 'flip fill', { row: 0, column: 1, place: 0 });
      const broken = await run('verify', sealed.orders.filled);
      await tampering.undo();
      expect(broken.code).toBe(1);
      expect(broken.text).toContain('Not proven. First break: order: order, instructions or fills differ');
      expect(JSON.parse((await run('verify', sealed.orders.filled, '--json')).text)).toMatchObject({ proven: true });

      expect(await run('verify', 'order_none')).toMatchObject({ code: 1 });
      for (const args of [
        [],
        ['prove', '1'],
        ['verify'],
        ['verify', '1', '2'],
        ['verify', '1', '--heads', headFile],
        ['verify', '1', '--loud'],
      ])
        expect(await run(...args)).toMatchObject({
          code: 2,
          closed: 0,
          text: expect.stringContaining('callweave evidence verify ORDER'),
        });
      expect(await run('verify', '1', '--heads', join(folder, 'none'), '--key', keyFile)).toMatchObject({
        code: 2,
        closed: 0,
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
