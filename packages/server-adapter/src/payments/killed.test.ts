import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { FakeZarinpal } from '../connectors/payments/testing/fake-zarinpal.ts';
import { zarinpal } from '../connectors/payments/zarinpal.ts';
import { createTestDatabase, describeStores, postgresCluster } from '../store/testing.ts';
import { openPlace } from '../testing/open-place.ts';
import { startPaymentRig } from './testing/payment-rig.ts';

const PAYER = fileURLToPath(new URL('./testing/pay-until-killed.ts', import.meta.url));

describeStores('killed between the confirmation of a payment and writing it down', (_, dialect) => {
  /** `verify`: the gateway's answer is on its way. `booking`: what was paid for is written and not committed. */
  it.each(['verify', 'booking'] as const)('%s hangs: paid once all the same', { timeout: 60_000 }, async (hangs) => {
    const folder = mkdtempSync(join(tmpdir(), 'callweave-payments-'));
    const storage =
      dialect === 'sqlite' ? join(folder, 'desk.sqlite') : await createTestDatabase(postgresCluster() as string);
    const service = await new FakeZarinpal().listen();
    if (hangs === 'verify') service.faults.push({ kind: 'silence-after', method: 'verify' });
    const child = spawn(
      process.execPath,
      [
        '--conditions=@callweave/source',
        '--disable-warning=ExperimentalWarning',
        PAYER,
        storage,
        service.url,
        service.merchantId,
        hangs,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      const ended = once(child, 'exit');
      const transaction = () => [...service.transactions.values()][0];
      if (hangs === 'booking') await once(child.stdout, 'data');
      await expect.poll(() => transaction()?.state, { timeout: 30_000 }).toBe('verified');
      child.kill('SIGKILL');
      await ended;

      const store = await openPlace(storage);
      const { later, row, paid, booked } = await startPaymentRig(
        store,
        zarinpal({ merchantId: service.merchantId, baseUrl: service.url, timeoutMs: 5_000 }),
      );
      const { id } = await store.db.selectFrom('payments').select('id').executeTakeFirstOrThrow();
      expect(await row(id)).toMatchObject({ state: 'at-gateway', receipt_number: null });
      await later(5 * 60_000);
      expect(await row(id)).toMatchObject({ state: 'paid', receipt_number: 1, unsettled: null });
      await later(5 * 60_000);
      expect(paid).toEqual([id]);
      expect(await booked()).toBe(1);
      expect(service.transactions.size).toBe(1);
      await store.close();
    } finally {
      child.kill('SIGKILL');
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
