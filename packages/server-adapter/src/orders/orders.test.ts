import { CALL_CENTRE_BRANCH } from '@callweave/sdk/protocol';
import { beforeEach, expect, test } from 'vitest';
import { describeStores } from '../store/testing.ts';
import {
  AGENT,
  BUY_FOLAD,
  BUY_SAFFRON,
  createOrderRig,
  DEALER,
  MANAGER,
  type OrderRig,
  OTHER_AGENT,
  openInstruction,
  SELL_RIGHT,
  SUPERVISOR,
} from './testing/order-rig.ts';

const problem = (code: string) => expect.objectContaining({ code });

describeStores('orders', (makeStore) => {
  let rig: OrderRig;
  let customerId: string;

  beforeEach(async () => {
    rig = await createOrderRig(await makeStore());
    customerId = await rig.customer();
  });

  const actions = async () =>
    (
      await rig.store.db
        .selectFrom('ledger')
        .select('action')
        .where('action', 'like', 'order.%')
        .orderBy('seq')
        .execute()
    ).map(({ action }) => action);
  const audiences = async () =>
    (await rig.store.db.selectFrom('events').select(['type', 'audience']).orderBy('seq').execute())
      .filter(({ type }) => type.startsWith('order'))
      .map(({ audience }) => JSON.parse(audience) as string[]);

  test('one call carries three requests, which are read back and submitted together', async () => {
    const { callId, recordingId } = await rig.call(customerId);
    const drafts = [
      await rig.draft(callId, BUY_FOLAD),
      await rig.draft(callId, SELL_RIGHT),
      await rig.draft(callId, BUY_SAFFRON),
    ];
    expect(drafts.map(({ state, number, section }) => [state, number, section])).toEqual([
      ['draft', 0, 'securities'],
      ['draft', 0, 'securities'],
      ['draft', 0, 'commodity'],
    ]);
    const ids = drafts.map(openInstruction);
    const { lines, orders: read } = await rig.readBack(callId, ids);
    expect(lines.map(({ instructionId }) => instructionId)).toEqual(ids);
    expect(lines[0]?.text).toContain('buy 500 of فولاد at 5,120 rials each');
    for (const { instructions } of read) {
      expect(instructions[0]).toMatchObject({ state: 'read-back', recordingId });
      expect(instructions[0]?.recordingOffsetMs).toBeGreaterThanOrEqual(60_000);
      expect(instructions[0]?.recordingOffsetMs).toBeLessThan(120_000);
    }

    const { orders } = await rig.submit(callId, ids);
    expect(orders.map(({ state, number, branch }) => [state, number, branch])).toEqual(
      [1, 2, 3].map((number) => ['submitted', number, CALL_CENTRE_BRANCH]),
    );
    expect(orders[0]).toMatchObject({
      customer: { id: customerId, name: 'زهرا کریمی' },
      instrument: { symbol: 'فولاد' },
      terms: BUY_FOLAD,
      filledQuantity: 0,
    });
    expect(rig.announcements()).toBe(1);
    expect(await rig.store.db.selectFrom('outbox').select(['kind', 'subject']).orderBy('id').execute()).toHaveLength(3);
    expect(await actions()).toEqual([
      ...Array(3).fill('order.drafted'),
      ...Array(3).fill('order.read-back'),
      ...Array(3).fill('order.submitted'),
    ]);
    // The floor hears of an order when it is submitted, not of the drafts.
    const heard = await audiences();
    expect(
      heard
        .slice(0, 6)
        .every((audience) => !audience.includes('role:dealer') && audience.includes(`account:${AGENT.accountId}`)),
    ).toBe(true);
    expect(
      heard
        .slice(6)
        .every(
          (audience) =>
            audience.includes('role:dealer') &&
            audience.includes('role:supervisor') &&
            audience.includes('role:manager'),
        ),
    ).toBe(true);
    expect(heard.flat()).not.toContain(`account:${OTHER_AGENT.accountId}`);
  });

  test('all or none: one instruction that was not read back refuses the others', async () => {
    const { callId } = await rig.call(customerId);
    const [read, unread] = [await rig.draft(callId, BUY_FOLAD), await rig.draft(callId, SELL_RIGHT)];
    await rig.readBack(callId, [openInstruction(read)]);
    await expect(rig.submit(callId, [openInstruction(read), openInstruction(unread)])).rejects.toEqual(
      problem('read-back-missing'),
    );
    expect((await rig.get(read.id)).state).toBe('read-back');
    expect(rig.announcements()).toBe(0);
    expect(await rig.store.db.selectFrom('outbox').select('id').execute()).toEqual([]);
    // The refused number was given back: the next order is the first.
    expect((await rig.submit(callId, [openInstruction(read)])).orders[0]?.number).toBe(1);
  });

  test('what is changed after the reading must be read again', async () => {
    const { callId } = await rig.call(customerId);
    const draft = await rig.draft(callId, BUY_FOLAD);
    await rig.readBack(callId, [openInstruction(draft)]);
    const edited = await rig.edit(draft.id, { ...BUY_FOLAD, quantity: 600 });
    expect(edited).toMatchObject({
      state: 'draft',
      terms: { quantity: 600 },
      instructions: [{ state: 'draft', readBackAt: null, recordingId: null }],
    });
    await expect(rig.submit(callId, [openInstruction(draft)])).rejects.toEqual(problem('read-back-missing'));
    await rig.readBack(callId, [openInstruction(draft)]);
    expect((await rig.submit(callId, [openInstruction(draft)])).orders[0]?.terms.quantity).toBe(600);
  });

  test.each([
    ['recording-missing', { recorded: false }],
    ['verification-missing', { verified: false }],
  ] as const)('%s: nothing can be read back or submitted', async (code, state) => {
    const { callId } = await rig.call(customerId, state);
    const draft = await rig.draft(callId, BUY_FOLAD);
    await expect(rig.readBack(callId, [openInstruction(draft)])).rejects.toEqual(problem(code));
    await expect(rig.submit(callId, [openInstruction(draft)])).rejects.toEqual(problem(code));
    expect((await rig.get(draft.id)).state).toBe('draft');
  });

  test('an initial PIN must be changed first', async () => {
    const { callId } = await rig.call(customerId);
    await rig.store.write((tx) =>
      tx.db.updateTable('customers').set({ pin_state: 'initial' }).where('id', '=', customerId).execute(),
    );
    const draft = await rig.draft(callId, BUY_FOLAD);
    await expect(rig.readBack(callId, [openInstruction(draft)])).rejects.toEqual(problem('pin-change-missing'));
  });

  test('a call that is over carries nothing more', async () => {
    const { callId } = await rig.call(customerId);
    const draft = await rig.draft(callId, BUY_FOLAD);
    await rig.readBack(callId, [openInstruction(draft)]);
    await rig.end(callId);
    await expect(rig.draft(callId, BUY_FOLAD)).rejects.toEqual(problem('call-not-live'));
    await expect(rig.edit(draft.id, SELL_RIGHT)).rejects.toEqual(problem('call-not-live'));
    await expect(rig.submit(callId, [openInstruction(draft)])).rejects.toEqual(problem('call-not-live'));
    // A new call does not revive what was read in the old one.
    const again = await rig.call(customerId);
    await expect(rig.submit(again.callId, [openInstruction(draft)])).rejects.toEqual(problem('read-back-missing'));
    await expect(rig.readBack(again.callId, [openInstruction(draft)])).rejects.toEqual(problem('call-not-live'));
    // But it can be cleared away.
    await rig.discard(draft.id);
    await expect(rig.get(draft.id, MANAGER)).rejects.toEqual(problem('not-found'));
  });

  test('without a contract, or with one that begins tomorrow, nothing is submitted', async () => {
    for (const contractSignedOn of [null, '2999-01-01']) {
      const customer = await rig.customer({ contractSignedOn });
      const { callId } = await rig.call(customer);
      const draft = await rig.draft(callId, BUY_FOLAD);
      await rig.readBack(callId, [openInstruction(draft)]);
      await expect(rig.submit(callId, [openInstruction(draft)])).rejects.toEqual(problem('contract-missing'));
    }
  });

  test('terms are held against catalogue, section, lot and calendar', async () => {
    const securities = await rig.customer({ kind: 'securities' });
    const commodity = await rig.customer({ kind: 'commodity' });
    const [first, second] = [await rig.call(securities), await rig.call(commodity)];
    await expect(rig.draft(first.callId, BUY_SAFFRON)).rejects.toEqual(problem('wrong-section'));
    await expect(rig.draft(second.callId, BUY_FOLAD)).rejects.toEqual(problem('wrong-section'));
    await expect(rig.draft(first.callId, { ...BUY_FOLAD, instrumentCode: 'IRO1NONE0001' })).rejects.toEqual(
      problem('unknown-instrument'),
    );
    await expect(rig.draft(first.callId, { ...BUY_FOLAD, instrumentCode: 'IRO1OLDX0001' })).rejects.toEqual(
      problem('unknown-instrument'),
    );
    await expect(rig.draft(second.callId, { ...BUY_SAFFRON, quantity: 150 })).rejects.toMatchObject({
      code: 'invalid-input',
      fields: [{ path: 'terms.quantity' }],
    });
    await expect(
      rig.draft(second.callId, { ...BUY_SAFFRON, validity: { kind: 'until', day: '2020-01-01' } }),
    ).rejects.toMatchObject({ fields: [{ path: 'terms.validity.day' }] });
    const draft = await rig.draft(second.callId, BUY_SAFFRON);
    await expect(rig.edit(draft.id, { ...BUY_SAFFRON, quantity: 150 })).rejects.toEqual(problem('invalid-input'));
    expect((await rig.get(draft.id)).terms).toEqual(BUY_SAFFRON);
  });

  test('only the agent of the call works on it, and only for the customer on the line', async () => {
    const { callId } = await rig.call(customerId);
    const draft = await rig.draft(callId, BUY_FOLAD);
    const id = openInstruction(draft);
    await expect(rig.draft(callId, BUY_FOLAD, OTHER_AGENT)).rejects.toEqual(problem('call-not-yours'));
    await expect(rig.edit(draft.id, BUY_FOLAD, OTHER_AGENT)).rejects.toEqual(problem('call-not-yours'));
    await expect(rig.discard(draft.id, OTHER_AGENT)).rejects.toEqual(problem('call-not-yours'));
    const theirs = await rig.call(await rig.customer(), { agentId: OTHER_AGENT.accountId });
    await expect(rig.readBack(theirs.callId, [id], OTHER_AGENT)).rejects.toEqual(problem('call-not-yours'));
    const mine = await rig.call(await rig.customer());
    await expect(rig.readBack(mine.callId, [id])).rejects.toEqual(problem('other-customer'));
    await expect(rig.submit(mine.callId, [id])).rejects.toEqual(problem('other-customer'));
    await expect(rig.submit(callId, [id, id])).rejects.toMatchObject({
      code: 'invalid-input',
      fields: [{ path: 'instructionIds.1' }],
    });
    await expect(rig.submit(callId, ['instruction_none'])).rejects.toEqual(problem('not-found'));
  });

  test('a submitted order changes only by a new recorded call, and the old one points to the new (A9)', async () => {
    const first = await rig.call(customerId);
    const [original] = await rig.submitted(first.callId, BUY_FOLAD);
    if (!original) throw new Error('no order');
    await expect(rig.edit(original.id, SELL_RIGHT)).rejects.toEqual(problem('order-state'));
    await rig.end(first.callId);
    await expect(rig.change(original.id, first.callId, SELL_RIGHT)).rejects.toEqual(problem('call-not-live'));
    const stranger = await rig.call(await rig.customer());
    await expect(rig.change(original.id, stranger.callId, SELL_RIGHT)).rejects.toEqual(problem('other-customer'));

    const second = await rig.call(customerId);
    const draft = await rig.change(original.id, second.callId, SELL_RIGHT);
    expect(draft).toMatchObject({ state: 'draft', replaces: original.id, instructions: [{ kind: 'change' }] });
    expect((await rig.get(original.id)).state).toBe('submitted');
    const { lines } = await rig.readBack(second.callId, [openInstruction(draft)]);
    expect(lines[0]?.text).toBe(
      'You change order 1. From now on: sell 20 of فولادح at the market price, valid until cancelled. Until now it was: buy 500 of فولاد at 5,120 rials each, valid today. Do you confirm?',
    );
    const { orders } = await rig.submit(second.callId, [openInstruction(draft)]);
    expect(orders.map(({ id, state, number }) => [id, state, number])).toEqual([
      [draft.id, 'submitted', 2],
      [original.id, 'replaced', 1],
    ]);
    expect((await rig.get(original.id)).replacedBy).toBe(draft.id);
    // A second change of what was replaced is refused.
    await expect(rig.change(original.id, second.callId, BUY_FOLAD)).rejects.toEqual(problem('order-state'));
  });

  test('a withdrawal is an instruction of its own on the order', async () => {
    const first = await rig.call(customerId);
    const [order] = await rig.submitted(first.callId, BUY_FOLAD);
    if (!order) throw new Error('no order');
    const second = await rig.call(customerId);
    const noted = await rig.withdraw(order.id, second.callId);
    expect(noted).toMatchObject({
      state: 'submitted',
      instructions: [
        { kind: 'new', state: 'submitted' },
        { kind: 'withdraw', state: 'draft' },
      ],
    });
    await expect(rig.withdraw(order.id, second.callId)).rejects.toEqual(problem('conflict'));
    await rig.discard(order.id);
    expect((await rig.get(order.id)).instructions).toHaveLength(1);
    await expect(rig.discard(order.id)).rejects.toEqual(problem('order-state'));

    const again = await rig.withdraw(order.id, second.callId);
    await expect(rig.submit(second.callId, [openInstruction(again)])).rejects.toEqual(problem('read-back-missing'));
    await rig.readBack(second.callId, [openInstruction(again)]);
    const { orders } = await rig.submit(second.callId, [openInstruction(again)]);
    expect(orders[0]).toMatchObject({
      state: 'cancelled',
      number: 1,
      instructions: [{ kind: 'new' }, { kind: 'withdraw', state: 'submitted', callId: second.callId }],
    });
  });

  test('change and withdrawal of one order in one call: the second is refused, and so both', async () => {
    const first = await rig.call(customerId);
    const [order] = await rig.submitted(first.callId, BUY_FOLAD);
    if (!order) throw new Error('no order');
    const { callId } = await rig.call(customerId);
    const ids = [
      openInstruction(await rig.change(order.id, callId, SELL_RIGHT)),
      openInstruction(await rig.withdraw(order.id, callId)),
    ];
    await rig.readBack(callId, ids);
    await expect(rig.submit(callId, ids)).rejects.toEqual(problem('order-state'));
    expect((await rig.get(order.id)).state).toBe('submitted');
  });

  test('who sees which orders', async () => {
    const served = await rig.customer({ responders: [OTHER_AGENT.accountId] });
    const { callId } = await rig.call(customerId);
    const [mine] = await rig.submitted(callId, BUY_FOLAD);
    const draft = await rig.draft(callId, SELL_RIGHT);
    const toServed = await rig.call(served);
    const [theirs] = await rig.submitted(toServed.callId, BUY_FOLAD);
    if (!mine || !theirs) throw new Error('no order');
    await rig.end(callId);
    const seen = async (...args: Parameters<OrderRig['list']>) =>
      (await rig.list(...args)).orders.map(({ id }) => id).sort();

    expect(await seen({}, SUPERVISOR)).toEqual([mine.id, draft.id, theirs.id].sort());
    expect(await seen({}, AGENT)).toEqual([mine.id, draft.id, theirs.id].sort());
    expect(await seen({}, DEALER)).toEqual([mine.id, theirs.id].sort());
    expect(await seen({}, OTHER_AGENT)).toEqual([theirs.id]);
    expect(await seen({ customerId }, OTHER_AGENT)).toEqual([]);
    await expect(rig.get(mine.id, OTHER_AGENT)).rejects.toEqual(problem('not-found'));
    await expect(rig.get(draft.id, DEALER)).rejects.toEqual(problem('not-found'));
    expect((await rig.get(theirs.id, OTHER_AGENT)).id).toBe(theirs.id);
    // With the customer on the line, another agent sees what there is to withdraw.
    await rig.call(customerId, { agentId: OTHER_AGENT.accountId });
    expect(await seen({ customerId }, OTHER_AGENT)).toEqual([mine.id, draft.id].sort());
    expect((await rig.get(mine.id, OTHER_AGENT)).id).toBe(mine.id);
    expect(await seen({ callId }, SUPERVISOR)).toEqual([mine.id, draft.id].sort());
    expect(await seen({ state: 'final' }, SUPERVISOR)).toEqual([]);
    expect((await rig.list({ limit: 1 }, SUPERVISOR)).orders).toHaveLength(1);
  });

  test('numbers have no gaps and are never given twice, however many are submitted at once', async () => {
    const ready = [];
    for (let i = 0; i < 12; i += 1) {
      const { callId } = await rig.call(customerId);
      const draft = await rig.draft(callId, BUY_FOLAD);
      // Every third is not read back: its submission fails and may use up no number.
      if (i % 3 !== 0) await rig.readBack(callId, [openInstruction(draft)]);
      ready.push({ callId, id: openInstruction(draft) });
    }
    const results = await Promise.allSettled(ready.map(({ callId, id }) => rig.submit(callId, [id])));
    const numbers = results.flatMap((result) =>
      result.status === 'fulfilled' ? result.value.orders.map(({ number }) => number) : [],
    );
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
