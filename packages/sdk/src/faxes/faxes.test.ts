import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import type { Fax } from '../protocol/fax.ts';
import { createFaxes } from './faxes.ts';

const fax = (id: string, changes: Partial<Fax> = {}): Fax => ({
  id,
  state: 'received',
  source: 'line',
  from: '+982122334455',
  stationId: '',
  to: '+982181021399',
  startedAt: '2026-11-22T10:00:00.000Z',
  finishedAt: '2026-11-22T10:01:00.000Z',
  format: 'tiff',
  pages: 1,
  damagedLines: 0,
  failure: null,
  failureDetail: '',
  customer: null,
  candidates: [],
  readAt: null,
  note: '',
  sha256: null,
  deletedAt: null,
  binnedUntil: null,
  ...changes,
});
const sara = { id: 'customer_1', name: 'Sara', username: '10001', kind: 'both' } as const;
const binned = { deletedAt: '2026-11-22T11:00:00.000Z', binnedUntil: '2026-12-22T11:00:00.000Z' };

function stage(present: Fax[]) {
  const asked: unknown[] = [];
  const client = {
    faxes: {
      list: async (input: unknown) => {
        asked.push(input);
        return { faxes: present, unread: 0, more: false };
      },
      delete: async ({ faxId }: { faxId: string }) => fax(faxId, binned),
      restore: async ({ faxId }: { faxId: string }) => fax(faxId),
    },
  } as unknown as Client;
  const faxes = createFaxes(client, '/callweave/');
  const ids = (followed: ReturnType<typeof faxes.follow>) => {
    const state = followed.state.get();
    return state.status === 'ready' ? state.value.map(({ id }) => id) : state.status;
  };
  return { faxes, ids, asked };
}

test('what is followed is kept true by events, newest first', async () => {
  const { faxes, ids } = stage([fax('fax_1'), fax('fax_2')]);
  const box = faxes.follow();
  expect(ids(box)).toBe('loading');
  await expect.poll(() => ids(box)).toEqual(['fax_2', 'fax_1']);
  faxes.handleFax(fax('fax_3'));
  expect(ids(box)).toEqual(['fax_3', 'fax_2', 'fax_1']);
  box.close();
  faxes.handleFax(fax('fax_4'));
  expect(ids(box)).toEqual(['fax_3', 'fax_2', 'fax_1']);
});

test('deleting moves to the bin and restoring takes back, before any event comes', async () => {
  const { faxes, ids, asked } = stage([]);
  const box = faxes.follow();
  const bin = faxes.follow({ deleted: true });
  await expect.poll(() => ids(bin)).toEqual([]);
  expect(asked).toEqual([{ limit: 200 }, { limit: 200, deleted: 'true' }]);
  faxes.handleFax(fax('fax_1'));
  await faxes.delete('fax_1');
  expect([ids(box), ids(bin)]).toEqual([[], ['fax_1']]);
  await faxes.restore('fax_1');
  expect([ids(box), ids(bin)]).toEqual([['fax_1'], []]);
});

test("a customer's list holds what is theirs now", async () => {
  const { faxes, ids } = stage([]);
  const list = faxes.follow({ customerId: sara.id });
  await expect.poll(() => ids(list)).toEqual([]);
  faxes.handleFax(fax('fax_1'));
  expect(ids(list)).toEqual([]);
  faxes.handleFax(fax('fax_1', { customer: sara }));
  expect(ids(list)).toEqual(['fax_1']);
});

test('files have addresses below the desk', () => {
  const { faxes } = stage([]);
  expect([faxes.pageUrl('a/b', 2), faxes.pdfUrl('fax_1'), faxes.tiffUrl('fax_1')]).toEqual([
    '/callweave/faxes/a%2Fb/pages/2',
    '/callweave/faxes/fax_1/pdf',
    '/callweave/faxes/fax_1/tiff',
  ]);
});
