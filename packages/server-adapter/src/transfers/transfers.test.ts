import type { Device, Ticket } from '@callweave/sdk/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeStores } from '../store/testing.ts';
import { digestOf, readConsent } from './consent-record.ts';
import {
  createTransferDesk,
  DAY,
  HEIR,
  HEIR_ADDRESS,
  LINK,
  MINUTE,
  type TransferDesk,
} from './testing/transfer-desk.ts';

describeStores('ownership transfers', (makeStore) => {
  let desk: TransferDesk;
  beforeEach(async () => {
    desk = await createTransferDesk(makeStore);
  });
  afterEach(() => desk.stop());

  const rowOf = (id: string) =>
    desk.store.db.selectFrom('transfers').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const stateOf = async (id: string) => (await rowOf(id)).state;
  /** A grant of debt, as work leaves it. */
  const owe = (customerId: string, balance: number) =>
    desk.store.write((tx) =>
      tx.db
        .insertInto('billing_accounts')
        .values({
          customer_id: customerId,
          currency: 'IRR',
          balance,
          level: 'clear',
          crossings: 0,
          updated_at: tx.now.toISOString(),
        })
        .execute(),
    );

  test('two consents and a decision: the device changes hands, sealed, and the new owner is a buyer', async () => {
    const { transfer, token } = await desk.accepted();
    expect(transfer.review).toMatchObject({
      owner: { name: 'Sara Ahmadi' },
      known: null,
      debt: null,
      debtBlocks: false,
      openTickets: 0,
    });
    expect(transfer.confirmed?.text).toContain('Nima Karimi');
    expect(transfer.accepted?.text).toContain('I take over this device');
    const approved = await desk.approve(transfer);
    expect(approved.body).toMatchObject({ state: 'approved', decided: { by: 'The manager' } });

    const { body: buyers } = await desk.manager('GET', `/buyers?query=${HEIR.nationalCode}`);
    expect(buyers.buyers).toMatchObject([{ name: 'Nima Karimi', telephone: '+989123450009', ...HEIR_ADDRESS }]);
    const heir = await desk.asBuyer(buyers.buyers[0].customerId);
    const { body: own } = await heir('GET', '/own-devices');
    expect((own.devices as Device[]).map(({ id }) => id)).toEqual([desk.sara.deviceId]);
    expect((await desk.sara.send('GET', '/own-devices')).body.devices).toEqual([]);
    expect((await desk.offer(token)).state).toBe('approved');

    const row = await rowOf(transfer.id);
    const ledger = await desk.store.db
      .selectFrom('ledger')
      .selectAll()
      .where('subject', '=', `transfer:${transfer.id}`)
      .orderBy('seq')
      .execute();
    const told = (action: string) => JSON.parse(ledger.find((line) => line.action === action)?.data ?? '{}');
    expect(told('transfer.confirmed').recordHash).toBe(digestOf(row.owner_record ?? ''));
    expect(told('transfer.accepted').recordHash).toBe(digestOf(row.new_owner_record ?? ''));
    expect(told('transfer.approved')).toMatchObject({ from: desk.sara.customerId, to: row.new_customer_id });
    expect(readConsent(row.owner_record)).toMatchObject({
      party: 'owner',
      name: 'Sara Ahmadi',
      telephone: '+989123450001',
      locale: 'en',
      at: '2026-11-22T08:00:00.000Z',
    });
    // Nobody is named in the chain.
    for (const secret of ['Sara', 'Nima', HEIR.nationalCode, '+98912'])
      expect(JSON.stringify(ledger)).not.toContain(secret);
    const outcomes = [await desk.text('transfer-approved'), await desk.text('transfer-approved')];
    expect(outcomes.map(({ to }) => to).sort()).toEqual(['+989123450001', '+989123450009']);
  });

  test('a code stands in the text message alone', async () => {
    const { transfer } = await desk.accepted();
    const codes = desk.sent.flatMap(({ values }) => (values['code'] === undefined ? [] : [values['code']]));
    expect(codes).toHaveLength(2);
    const tables = ['events', 'ledger', 'idempotency', 'one_time_codes', 'transfers', 'messages', 'changes'] as const;
    for (const table of tables) {
      const rows = JSON.stringify(await desk.store.db.selectFrom(table).selectAll().execute());
      for (const code of codes) expect(new RegExp(`(?<![0-9A-Za-z])${code}(?![0-9A-Za-z])`).test(rows)).toBe(false);
    }
    expect(JSON.stringify(desk.logged)).not.toContain(codes[0]);
    expect(transfer.state).toBe('accepted');
  });

  test('five wrong codes and no more, also at once; the right one comes too late then', async () => {
    const transfer = await desk.start();
    const code = await desk.giveCode(transfer);
    const wrong = code === '000000' ? '111111' : '000000';
    const answers = await Promise.all(Array.from({ length: 12 }, () => desk.confirm(transfer, wrong)));
    expect(answers.filter((answer) => answer.code === 'one-time-code-wrong')).toHaveLength(5);
    expect(answers.filter((answer) => answer.code === 'one-time-code-over')).toHaveLength(7);
    expect((await desk.confirm(transfer, code)).code).toBe('one-time-code-over');
    expect((await desk.sara.send('POST', `/transfers/${transfer.id}/code`, {})).code).toBe('one-time-code-too-soon');
    desk.clock.advance(MINUTE);
    const next = await desk.giveCode(transfer);
    expect((await desk.confirm(transfer, next)).status).toBe(200);
  });

  test('a code ends after five minutes, with the next one, with its use, and is good for one thing only', async () => {
    const transfer = await desk.start();
    const late = await desk.giveCode(transfer);
    desk.clock.advance(5 * MINUTE);
    expect((await desk.confirm(transfer, late)).code).toBe('one-time-code-over');
    const first = await desk.giveCode(transfer);
    desk.clock.advance(MINUTE);
    const second = await desk.giveCode(transfer);
    if (first !== second) expect((await desk.confirm(transfer, first)).code).toBe('one-time-code-wrong');
    const other = await desk.start(desk.omid);
    expect((await desk.confirm(other, second, {}, desk.omid)).code).toBe('one-time-code-over');
    const once = { 'idempotency-key': 'confirm-1' };
    expect((await desk.confirm(transfer, second, {}, desk.sara, once)).status).toBe(200);
    // The same request again has the same answer; another one with the same code comes too late.
    expect((await desk.confirm(transfer, second, {}, desk.sara, once)).body.state).toBe('confirmed');
    expect((await desk.confirm(transfer, second)).code).toBe('transfer-state');
    await desk.text('transfer-offer');
    expect(desk.sent.filter(({ template }) => template === 'transfer-offer')).toHaveLength(1);
  });

  test('codes are limited within a day', async () => {
    const transfer = await desk.start();
    for (let sent = 0; sent < 10; sent += 1) {
      expect((await desk.sara.send('POST', `/transfers/${transfer.id}/code`, {})).status).toBe(200);
      desk.clock.advance(MINUTE);
    }
    const refused = await desk.sara.send('POST', `/transfers/${transfer.id}/code`, {});
    expect(refused.code).toBe('one-time-code-limit');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(23 * 3600);
    desk.clock.advance(DAY);
    expect((await desk.sara.send('POST', `/transfers/${transfer.id}/code`, {})).status).toBe(200);
  });

  test('what is not the text that was shown is not confirmed', async () => {
    const transfer = await desk.start();
    const code = await desk.giveCode(transfer);
    expect((await desk.confirm(transfer, code, { digest: '0'.repeat(64) })).code).toBe('transfer-text-changed');
    expect((await desk.confirm(transfer, code, { locale: 'fa' })).code).toBe('transfer-text-changed');
    // The digits as a Persian keyboard writes them.
    const persian = code.replace(/\d/g, (digit) => String.fromCharCode(0x6f0 + Number(digit)));
    expect((await desk.confirm(transfer, persian)).status).toBe(200);
  });

  test('of two transfers of one device the second is refused, and another one is possible after the first has ended', async () => {
    const start = () => desk.sara.send('POST', '/transfers', { deviceId: desk.sara.deviceId, newOwner: HEIR });
    const both = await Promise.all([start(), start()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.map(({ code }) => code)).toContain('transfer-open');
    const first = both.find(({ status }) => status === 200);
    expect((await desk.sara.send('POST', `/transfers/${first?.body.id}/withdraw`, {})).body.state).toBe('withdrawn');
    expect((await start()).status).toBe(200);
  });

  test('what is not theirs looks as if it were not there', async () => {
    const transfer = await desk.start();
    const { omid } = desk;
    const newOwner = HEIR;
    expect((await omid.send('POST', '/transfers', { deviceId: desk.sara.deviceId, newOwner })).code).toBe('not-found');
    for (const path of ['code', 'withdraw'])
      expect((await omid.send('POST', `/transfers/${transfer.id}/${path}`, {})).code).toBe('not-found');
    expect((await desk.confirm(transfer, '123456', {}, omid)).code).toBe('not-found');
    expect((await omid.send('GET', '/own-transfers')).body).toEqual({ transfers: [] });
    expect((await desk.anyone('GET', `/transfer-acceptances/${'A'.repeat(43)}`)).code).toBe('not-found');
    for (const role of ['agent', 'technician'] as const)
      expect((await (await desk.as(role))('GET', '/transfers')).code).toBe('not-allowed');
    const supervisor = await desk.as('supervisor');
    expect((await supervisor('POST', `/transfers/${transfer.id}/approve`, { revision: 1 })).code).toBe('not-allowed');
  });

  test('the new owner has to be somebody else, with a true national code and a telephone', async () => {
    const start = (changes: object) =>
      desk.sara.send('POST', '/transfers', { deviceId: desk.sara.deviceId, newOwner: { ...HEIR, ...changes } });
    expect((await start({ nationalCode: '0790419905' })).code).toBe('invalid-input');
    expect((await start({ telephone: '12' })).code).toBe('invalid-input');
    expect((await start({ nationalCode: desk.sara.nationalCode })).code).toBe('transfer-to-self');
  });

  test('the link tells nothing about the present owner, and stands in the database as a digest', async () => {
    const { transfer, token } = await desk.confirmed();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(await rowOf(transfer.id))).not.toContain(token);
    const shown = JSON.stringify(await desk.offer(token));
    for (const secret of ['Sara', '0013542419', '3450001', desk.sara.customerId, HEIR.nationalCode])
      expect(shown).not.toContain(secret);
    expect((await desk.sara.send('GET', '/own-transfers')).text).not.toContain(token);
  });

  test('the new owner declines, and nothing can be accepted any more', async () => {
    const { transfer, token } = await desk.confirmed();
    const code = await desk.takeCode(token);
    expect((await desk.anyone('POST', `/transfer-acceptances/${token}/decline`, {})).body.state).toBe('declined');
    expect((await desk.accept(token, code)).code).toBe('transfer-state');
    expect(await stateOf(transfer.id)).toBe('declined');
    // The code of the present owner opens nothing for the new one, nor the other way round.
    expect((await desk.approve(transfer)).code).toBe('transfer-state');
  });

  test('the present owner withdraws what waits for the house, and it is approved no more', async () => {
    const { transfer } = await desk.accepted();
    expect((await desk.sara.send('POST', `/transfers/${transfer.id}/withdraw`, {})).status).toBe(200);
    expect((await desk.approve(transfer)).code).toBe('transfer-state');
    expect((await desk.sara.send('GET', '/own-devices')).body.devices).toHaveLength(1);
  });

  test('after fourteen days it is over, before a chore comes and after; what waits for the house stays', async () => {
    const { transfer: waits } = await desk.accepted(desk.omid, { ...HEIR, nationalCode: '0076229645' });
    const { transfer, token } = await desk.confirmed();
    desk.clock.advance(14 * DAY);
    expect((await desk.anyone('POST', `/transfer-acceptances/${token}/code`, {})).code).toBe('transfer-expired');
    await desk.expire();
    expect(await stateOf(transfer.id)).toBe('expired');
    expect(await stateOf(waits.id)).toBe('accepted');
    expect((await desk.anyone('POST', `/transfer-acceptances/${token}/code`, {})).code).toBe('transfer-state');
    await desk.start();
  });

  test('what the present owner owes is paid first', async () => {
    await owe(desk.sara.customerId, 2_000_000);
    const { transfer } = await desk.accepted();
    expect(transfer.review).toMatchObject({ debt: { amount: 2_000_000, currency: 'IRR' }, debtBlocks: true });
    expect((await desk.approve(transfer)).code).toBe('transfer-debt');
    await desk.store.write((tx) => tx.db.updateTable('billing_accounts').set({ balance: 0 }).execute());
    expect((await desk.approve(transfer)).status).toBe(200);
  });

  test('a house may let debts stay with who made them, and says so in the text', async () => {
    await desk.stop();
    desk = await createTransferDesk(makeStore, { acceptUrl: LINK, debts: 'stays' });
    await owe(desk.sara.customerId, 2_000_000);
    const { transfer } = await desk.accepted();
    expect(transfer.wordings.en.text).toContain('stays mine after the transfer');
    expect(transfer.review?.debtBlocks).toBe(false);
    expect((await desk.approve(transfer)).status).toBe(200);
    const { body } = await desk.manager('GET', `/customers/${desk.sara.customerId}/billing`);
    expect(body.balance.amount).toBe(2_000_000);
  });

  test('tickets are closed with a note, stay with who wrote them, and the new owner sees nothing of them', async () => {
    const { body: made } = await desk.sara.send('POST', '/tickets', {
      deviceId: desk.sara.deviceId,
      title: 'No picture',
      description: 'My neighbour Leila saw it too.',
    });
    const ticket = made.ticket as Ticket;
    const { transfer } = await desk.accepted(desk.sara, { ...HEIR, nationalCode: desk.omid.nationalCode });
    expect(transfer.review).toMatchObject({
      openTickets: 1,
      known: { customerId: desk.omid.customerId, name: 'Omid Rahimi', sameTelephone: false },
    });
    expect((await desk.approve(transfer, {})).status).toBe(200);

    const { body } = await desk.sara.send('GET', `/tickets/${ticket.id}`);
    expect(body.ticket.closed).not.toBeNull();
    expect(JSON.stringify(body.entries)).toContain('changed hands');
    const { omid } = desk;
    expect((await omid.send('GET', `/tickets/${ticket.id}`)).code).toBe('not-found');
    expect((await omid.send('GET', '/tickets')).body.tickets).toEqual([]);
    expect((await omid.send('GET', '/own-devices')).body.devices).toHaveLength(2);
    for (const path of [
      '/own-devices',
      '/tickets',
      '/own-installations',
      '/own-transfers',
      `/devices/${desk.sara.deviceId}`,
    ]) {
      const { text } = await omid.send('GET', path);
      for (const secret of ['Sara', 'Leila', desk.sara.nationalCode.slice(3), '3450001', desk.sara.customerId])
        expect(text).not.toContain(secret);
    }
    // Whoever had it opens nothing of it again.
    const again = await desk.sara.send('POST', `/tickets/${ticket.id}/reopen`, { text: 'It is back' });
    expect(again.code).toBe('not-found');
  });

  test('events say nothing to one owner that the other keeps', async () => {
    const { transfer } = await desk.accepted(desk.sara, { ...HEIR, nationalCode: desk.omid.nationalCode });
    await desk.approve(transfer, {});
    const events = await desk.store.db.selectFrom('events').selectAll().execute();
    const toOmid = events.filter(({ audience }) => audience.includes(desk.omid.customerId));
    expect(toOmid.length).toBeGreaterThan(0);
    for (const event of toOmid) expect(JSON.stringify(event)).not.toContain('Sara');
    for (const event of events.filter(({ audience }) => audience.includes(`customer:${desk.sara.customerId}`)))
      expect(event.data).not.toContain('Omid');
  });

  test('a device that went another way meanwhile is given to nobody', async () => {
    const { transfer, token } = await desk.confirmed();
    const code = await desk.takeCode(token);
    await desk.store.write((tx) =>
      tx.db
        .updateTable('devices')
        .set({ customer_id: desk.omid.customerId })
        .where('id', '=', desk.sara.deviceId)
        .execute(),
    );
    expect((await desk.accept(token, code)).code).toBe('transfer-device-moved');
    expect(await stateOf(transfer.id)).toBe('confirmed');
  });

  test('the house decides on what it looked at, says why it rejects, and needs an address of a new buyer', async () => {
    const { transfer } = await desk.accepted();
    expect((await desk.approve({ ...transfer, revision: 1 })).code).toBe('conflict');
    expect((await desk.approve(transfer, {})).code).toBe('transfer-new-buyer');
    const rejected = await desk.manager('POST', `/transfers/${transfer.id}/reject`, {
      revision: transfer.revision,
      reason: 'The serial number is of another device',
    });
    expect(rejected.body).toMatchObject({ state: 'rejected' });
    const { body } = await desk.sara.send('GET', '/own-transfers');
    expect(body.transfers).toMatchObject([
      { state: 'rejected', decided: { reason: 'The serial number is of another device' }, review: null },
    ]);
    expect((await desk.approve(rejected.body)).code).toBe('transfer-state');
  });

  test('without a page for new owners nothing begins', async () => {
    await desk.stop();
    desk = await createTransferDesk(makeStore, {});
    const { deviceId, send } = desk.sara;
    expect((await send('POST', '/transfers', { deviceId, newOwner: HEIR })).code).toBe('transfers-off');
  });
});
