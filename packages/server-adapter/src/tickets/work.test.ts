import type { Difficulty } from '@callweave/sdk/protocol';
import { afterEach, expect, test } from 'vitest';
import { describeStores } from '../store/testing.ts';
import { createTicketDesk, type TicketDesk } from './testing/ticket-desk.ts';

const hard: { difficulty: Difficulty; quantity: number; note: string } = {
  difficulty: 'hard',
  quantity: 3,
  note: 'Cable',
};

describeStores('work on tickets', (makeStore) => {
  let desk: TicketDesk;
  afterEach(() => desk.stop());

  test('work that a running service covers is recorded, and costs nothing', async () => {
    desk = await createTicketDesk(makeStore);
    const { sara, technician, ticket, store } = desk;
    const made = await ticket(sara);
    const worked = await technician('POST', `/tickets/${made.id}/work`, hard);
    expect(worked.body.entries).toMatchObject([{ kind: 'work', difficulty: 'hard', quantity: 3, text: 'Cable' }]);
    expect(await store.db.selectFrom('billing_entries').selectAll().execute()).toEqual([]);
    expect((await sara.send('POST', `/tickets/${made.id}/work`, hard)).code).toBe('not-allowed');
    await technician('POST', `/tickets/${made.id}/close`, {});
    expect((await technician('POST', `/tickets/${made.id}/work`, hard)).code).toBe('ticket-closed');
  });

  test('work per case is charged once, however often it is sent, and one that has no price is not recorded', async () => {
    desk = await createTicketDesk(makeStore);
    const { sara, technician, ticket, store } = desk;
    const made = await ticket(sara);
    await store.write((tx) =>
      tx.db
        .updateTable('devices')
        .set({ service_ends_on: '2026-11-01', service_choice: 'per-case' })
        .where('id', '=', sara.deviceId)
        .execute(),
    );
    expect((await sara.send('GET', `/tickets/eligibility?deviceId=${sara.deviceId}`)).body).toEqual({
      ticketsAllowed: true,
    });
    const at = `/tickets/${made.id}/work`;
    expect((await technician('POST', at, hard)).code).toBe('no-price');
    expect((await technician('GET', `/tickets/${made.id}`)).body.ticket.entries).toBe(1);
    await publishPrices(desk);
    const key = { 'idempotency-key': 'work-1' };
    const all = await Promise.all([1, 2, 3].map(() => technician('POST', at, hard, key)));
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    const charged = await store.db.selectFrom('billing_entries').selectAll().execute();
    expect(charged).toHaveLength(1);
    expect(charged[0]).toMatchObject({ ticket_id: made.id, amount: 3 * 2_000_000 });
    // Up to the ceiling; from there new cases wait for payment, and the ticket that is there goes on.
    await technician('POST', at, { ...hard, quantity: 50 });
    expect((await sara.send('GET', `/tickets/eligibility?deviceId=${sara.deviceId}`)).body).toEqual({
      ticketsAllowed: false,
      reason: 'ceiling-reached',
      wayOut: 'pay',
    });
    const again = await sara.send('POST', '/tickets', { deviceId: sara.deviceId, title: 'x', description: 'y' });
    expect(again.code).toBe('ticket-ceiling-reached');
    expect((await sara.send('POST', `/tickets/${made.id}/messages`, { text: 'And now?' })).status).toBe(200);
  });
});

async function publishPrices({ manager }: TicketDesk): Promise<void> {
  const list = {
    currency: 'IRR',
    unitMinutes: 30,
    work: { simple: 500_000, normal: 1_000_000, hard: 2_000_000, expert: 4_000_000 },
    renewals: [],
    revision: null,
  };
  const draft = await manager('PUT', '/price-lists/draft', list);
  if (draft.status !== 200) throw new Error(draft.text);
  const published = await manager('POST', '/price-lists/draft/publish', { revision: draft.body.revision });
  if (published.status !== 200) throw new Error(published.text);
}
