import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Order } from '@callweave/sdk/protocol';
import { expect, it } from 'vitest';
import { findChainBreak } from '../evidence/ledger.ts';
import { openPlace } from '../testing/open-place.ts';
import { createTestDatabase, describeStores, postgresCluster } from './testing.ts';

/** The promise is 100 kills and 10,000 orders; every run takes a part of it, and whoever asks gets all. */
const KILLS = Number(process.env['CALLWEAVE_KILLS'] ?? 12);
const ORDERS = Number(process.env['CALLWEAVE_ORDERS'] ?? 0);
const CLIENTS = 16;
const SERVER = fileURLToPath(new URL('../testing/order-server.ts', import.meta.url));
const TERMS = {
  side: 'buy',
  instrumentCode: 'IRO1FOLD0001',
  quantity: 5,
  price: { kind: 'market' },
  validity: { kind: 'day' },
};

describeStores('promise 1: nothing acknowledged is lost or doubled', (_, dialect) => {
  it(`under ${KILLS} × SIGKILL: orders, outbox, events and chain agree with what was answered`, {
    timeout: 120_000 + KILLS * 10_000 + ORDERS * 60,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callweave-kill-'));
    const storage =
      dialect === 'sqlite' ? join(folder, 'orders.sqlite') : await createTestDatabase(postgresCluster() as string);
    let child: ChildProcess | undefined;
    let place: { port: number; callId: string } | undefined;
    const start = async () => {
      child = spawn(
        process.execPath,
        ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning', SERVER, storage],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const [line] = (await once(
        createInterface({ input: child.stdout as NonNullable<typeof child.stdout> }),
        'line',
      )) as [string];
      place = JSON.parse(line) as { port: number; callId: string };
    };
    const kill = async () => {
      const dying = child as ChildProcess;
      place = undefined;
      dying.kill('SIGKILL');
      if (dying.exitCode === null && dying.signalCode === null) await once(dying, 'exit');
    };

    const acknowledged = new Map<string, Order>();
    let stopping = false;
    /** Repeats with the same key until there is an answer, as a client does whose connection broke. */
    const post = async (
      path: (callId: string) => string,
      key: string,
      body: object,
    ): Promise<{ orders: Order[] } & Order> => {
      for (;;) {
        if (place === undefined) {
          await sleep(5);
          continue;
        }
        try {
          const { port, callId } = place;
          const response = await fetch(`http://127.0.0.1:${port}${path(callId)}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': key },
            body: JSON.stringify({ callId, ...body }),
          });
          const text = await response.text();
          if (response.status !== 200) throw new Error(`REFUSED ${response.status} ${text}`);
          return JSON.parse(text);
        } catch (error) {
          if ((error as Error).message.startsWith('REFUSED')) throw error;
          await sleep(5);
        }
      }
    };
    const client = async (name: string) => {
      for (let i = 0; !stopping; i += 1) {
        const key = `${name}-${i}`;
        const draft = await post(() => '/orders', `draft-${key}`, { terms: TERMS });
        const instructionIds = draft.instructions.map(({ id }) => id);
        await post((callId) => `/calls/${callId}/read-back`, `read-${key}`, { instructionIds, locale: 'en' });
        const submitted = await post((callId) => `/calls/${callId}/submit`, `submit-${key}`, { instructionIds });
        acknowledged.set(key, submitted.orders[0] as Order);
      }
    };

    try {
      await start();
      const clients = Array.from({ length: CLIENTS }, (_, i) => client(`c${i}`));
      for (let i = 0; i < KILLS; i += 1) {
        // At any moment of the work: different at every run.
        await sleep(50 + Math.random() * 400);
        await kill();
        await start();
      }
      await sleep(200);
      while (acknowledged.size < ORDERS) await sleep(50);
      stopping = true;
      await Promise.all(clients);
      await kill();

      const store = await openPlace(storage);
      const orders = await store.db.selectFrom('orders').select(['id', 'number', 'state']).execute();
      const submitted = orders.filter(({ number }) => number > 0);
      const outbox = await store.db.selectFrom('outbox').select('payload').execute();
      const ledger = await store.db.selectFrom('ledger').selectAll().orderBy('seq').execute();
      const events = await store.db.selectFrom('events').select('seq').orderBy('seq').execute();
      await store.close();

      expect(acknowledged.size).toBeGreaterThan(KILLS);
      expect(submitted.map(({ id }) => id).sort()).toEqual([...acknowledged.values()].map(({ id }) => id).sort());
      expect(new Set(submitted.map(({ number }) => number)).size).toBe(submitted.length);
      expect(orders.length).toBe(submitted.length);
      expect(outbox.map(({ payload }) => (JSON.parse(payload) as { order: Order }).order.id).sort()).toEqual(
        submitted.map(({ id }) => id).sort(),
      );
      expect(findChainBreak(ledger)).toBeUndefined();
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    } finally {
      stopping = true;
      await kill();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
