import type { TicketEntry } from '@callweave/sdk/protocol';
import { afterEach, expect, test } from 'vitest';
import { describeStores } from '../store/testing.ts';
import { createTicketDesk, type TicketDesk } from './testing/ticket-desk.ts';

const kinds = (entries: readonly TicketEntry[]) => entries.map(({ kind }) => kind);

describeStores('tickets', (makeStore) => {
  let desk: TicketDesk;
  const open = async (options?: Parameters<typeof createTicketDesk>[1]) => {
    desk = await createTicketDesk(makeStore, options);
    return desk;
  };
  afterEach(() => desk.stop());

  test('from the question to the answer, and closed and opened again', async () => {
    const { sara, technician, ticket } = await open();
    const made = await ticket(sara, { priority: 'urgent' });
    expect(made).toMatchObject({
      number: 1,
      state: 'open',
      priority: 'urgent',
      closed: null,
      device: { brand: 'Artin', model: 'S1', serial: 'SN-1' },
      customer: { name: 'Buyer 1' },
      entries: 1,
    });
    const at = `/tickets/${made.id}`;
    const me = technician.accountId;
    const taken = await technician('PUT', `${at}/assignee`, { accountId: me, from: null });
    expect([taken.body.ticket.state, kinds(taken.body.entries)]).toEqual(['in-review', ['assigned', 'reviewed']]);
    const answered = await technician('POST', `${at}/answers`, { text: 'Press the button.' });
    expect(answered.body).toMatchObject({ ticket: { state: 'answered', entries: 4 } });
    const asked = await sara.send('POST', `${at}/messages`, { text: 'Which one?' });
    expect(asked.body).toMatchObject({ ticket: { state: 'open', assignee: { id: me } } });
    expect((await technician('POST', `${at}/close`, { text: 'Solved by telephone' })).body.ticket.closed).toMatchObject(
      {
        by: { id: me },
      },
    );
    expect((await sara.send('POST', `${at}/messages`, { text: 'And?' })).code).toBe('ticket-closed');
    expect((await technician('POST', `${at}/answers`, { text: 'And?' })).code).toBe('ticket-closed');
    const again = await sara.send('POST', `${at}/reopen`, { text: 'Dark again' });
    expect(again.body).toMatchObject({ ticket: { state: 'open', closed: null } });
    expect((await sara.send('POST', `${at}/reopen`, { text: 'Dark again' })).code).toBe('ticket-open');
    const whole = await sara.send('GET', at);
    expect(kinds(whole.body.entries)).toEqual([
      'created',
      'assigned',
      'reviewed',
      'answer',
      'message',
      'closed',
      'reopened',
    ]);
  });

  test('a note is never the customer’s: not in answers, not in counts, not in events', async () => {
    const { sara, technician, ticket, events, clock } = await open();
    const made = await ticket(sara);
    const before = (await sara.send('GET', `/tickets/${made.id}`)).body;
    const told = (await events(`customer:${sara.customerId}`)).length;
    clock.advance(1000);
    const noted = await technician('POST', `/tickets/${made.id}/notes`, { text: 'A difficult customer' });
    expect(noted.body.ticket.entries).toBe(2);
    expect((await sara.send('GET', `/tickets/${made.id}`)).body).toEqual(before);
    expect(await events(`customer:${sara.customerId}`)).toHaveLength(told);
    expect(JSON.stringify((await sara.send('GET', `/tickets/${made.id}/entries`)).body)).not.toContain('difficult');
    expect((await events('role:technician')).at(-1)?.entries).toMatchObject([{ kind: 'note' }]);
    await technician('POST', `/tickets/${made.id}/answers`, { text: 'Good morning' });
    const events2 = await events(`customer:${sara.customerId}`);
    expect(events2.at(-1)).toMatchObject({ ticket: { entries: 2 }, entries: [{ kind: 'answer' }] });
    expect(JSON.stringify(events2)).not.toContain('difficult');
    expect((await sara.send('POST', `/tickets/${made.id}/notes`, { text: 'x' })).code).toBe('not-allowed');
  });

  test('another buyer finds nothing: the answer for theirs is the answer for nothing', async () => {
    const { sara, omid, ticket, upload } = await open();
    const made = await ticket(sara);
    const file = await upload(sara.send.cookie, 'hello');
    await sara.send('POST', `/tickets/${made.id}/messages`, { text: 'See this', attachmentIds: [file.body.id] });
    const tries: [string, string, unknown?][] = [
      ['GET', `/tickets/${made.id}`],
      ['GET', `/tickets/${made.id}/entries`],
      ['POST', `/tickets/${made.id}/messages`, { text: 'I read along' }],
      ['POST', `/tickets/${made.id}/close`, {}],
      ['POST', `/tickets/${made.id}/reopen`, { text: 'x' }],
      ['GET', `/ticket-attachments/${file.body.id}`],
      ['GET', `/ticket-attachments/${file.body.id}/file`],
      ['DELETE', `/ticket-attachments/${file.body.id}`],
      ['GET', `/tickets/eligibility?deviceId=${sara.deviceId}`],
      ['POST', '/tickets', { deviceId: sara.deviceId, title: 'x', description: 'x' }],
    ];
    for (const [method, path, body] of tries) {
      const theirs = await omid.send(method, path, body);
      const swap = (text: unknown) =>
        JSON.parse(
          JSON.stringify(text ?? null)
            .replaceAll(made.id, 'ticket_none')
            .replaceAll(file.body.id, 'attachment_none')
            .replaceAll(sara.deviceId, 'device_none'),
        );
      const none = await omid.send(method, swap(path), body === undefined ? undefined : swap(body));
      expect([method, path, theirs.status, theirs.code]).toEqual([method, path, 404, 'not-found']);
      const same = ({ error }: { error: object }) => ({ ...error, requestId: '' });
      expect(swap(same(theirs.body))).toEqual(same(none.body));
    }
    expect((await omid.send('GET', '/tickets')).body.tickets).toEqual([]);
    expect((await omid.send('GET', `/tickets?customerId=${sara.customerId}`)).body.tickets).toEqual([]);
    expect((await omid.send('GET', '/tickets/count?query=picture')).body).toEqual({ tickets: 0 });
    expect((await sara.send('GET', '/tickets/count?query=picture')).body).toEqual({ tickets: 1 });
  });

  test('an agent sees the tickets of the caller in their call, makes one in it, and none after it', async () => {
    const { sara, omid, agent, ticket, call, endCall, events } = await open();
    const mine = await ticket(sara);
    const other = await ticket(omid);
    expect((await agent('GET', '/tickets')).code).toBe('not-found');
    expect((await agent('GET', `/tickets/${mine.id}`)).code).toBe('not-found');
    const callId = await call(sara.customerId, agent.accountId);
    expect((await agent('GET', `/tickets?callId=${callId}`)).body.tickets.map(({ id }: { id: string }) => id)).toEqual([
      mine.id,
    ]);
    expect((await agent('GET', `/tickets/${mine.id}?callId=${callId}`)).status).toBe(200);
    expect((await agent('GET', `/tickets/${other.id}?callId=${callId}`)).code).toBe('not-found');
    const input = { title: 'Said on the telephone', description: 'It beeps.', callId };
    const made = await agent('POST', '/tickets', { ...input, deviceId: sara.deviceId });
    expect(made.body.ticket).toMatchObject({ callId, createdBy: { id: agent.accountId } });
    expect((await agent('POST', '/tickets', { ...input, deviceId: omid.deviceId })).code).toBe('not-found');
    const { callId: _none, ...without } = input;
    expect((await agent('POST', '/tickets', { ...without, deviceId: sara.deviceId })).code).toBe('not-found');
    expect((await events(`account:${agent.accountId}`)).at(-1)?.ticket.id).toBe(made.body.ticket.id);
    const elsewhere = await call(omid.customerId, 'account_of_another');
    expect((await agent('GET', `/tickets?callId=${elsewhere}`)).code).toBe('not-found');
    await endCall(callId);
    expect((await agent('GET', `/tickets?callId=${callId}`)).code).toBe('not-found');
    expect((await agent('GET', `/tickets/${made.body.ticket.id}`)).code).toBe('not-found');
    expect((await agent('POST', `/tickets/${mine.id}/messages`, { text: 'x' })).code).toBe('not-found');
    expect((await sara.send('GET', '/tickets')).body.tickets).toHaveLength(2);
  });

  test('without service no ticket is made, and why and what now is told', async () => {
    const { sara, ticket, clock } = await open();
    const made = await ticket(sara);
    await sara.send('POST', `/tickets/${made.id}/close`, {});
    clock.at = new Date('2028-01-10T08:00:00.000Z');
    const told = await sara.send('GET', `/tickets/eligibility?deviceId=${sara.deviceId}`);
    expect(told.body).toEqual({ ticketsAllowed: false, reason: 'service-expired', wayOut: 'renew' });
    const input = { deviceId: sara.deviceId, title: 'x', description: 'y' };
    const refused = await sara.send('POST', '/tickets', input);
    expect([refused.status, refused.code]).toEqual([409, 'ticket-service-expired']);
    expect((await sara.send('POST', `/tickets/${made.id}/reopen`, { text: 'x' })).code).toBe('ticket-service-expired');
    expect((await sara.send('GET', '/tickets')).body.tickets).toHaveLength(1);
  });

  test('a draft that is sent twice, also at once, gives one ticket; a refused one gives its number back', async () => {
    const { sara, store, ticket } = await open();
    const input = { deviceId: sara.deviceId, title: 'Written offline', description: 'No picture' };
    const key = { 'idempotency-key': 'draft-1' };
    const all = await Promise.all([1, 2, 3].map(() => sara.send('POST', '/tickets', input, key)));
    const later = await sara.send('POST', '/tickets', input, key);
    expect(new Set([...all, later].map(({ body }) => body.ticket.id)).size).toBe(1);
    expect(await store.db.selectFrom('tickets').selectAll().execute()).toHaveLength(1);
    expect((await sara.send('POST', '/tickets', { ...input, attachmentIds: ['none'] })).code).toBe(
      'attachment-unknown',
    );
    expect(await ticket(sara)).toMatchObject({ number: 2 });
  });

  test('of two technicians who take a ticket at once, one has it and the other learns who', async () => {
    const { sara, technician, manager, ticket } = await open();
    const made = await ticket(sara);
    const take = (send: typeof technician) =>
      send('PUT', `/tickets/${made.id}/assignee`, { accountId: send.accountId, from: null });
    const answers = await Promise.all([take(technician), take(manager)]);
    expect(answers.map(({ code }) => code).sort()).toEqual(['ticket-taken', undefined]);
    const winner = answers.find(({ status }) => status === 200);
    const { ticket: now } = (await technician('GET', `/tickets/${made.id}`)).body;
    expect(now.assignee).toEqual(winner?.body.ticket.assignee);
    const back = await manager('PUT', `/tickets/${made.id}/assignee`, { accountId: null, from: now.assignee.id });
    expect(back.body.ticket).toMatchObject({ assignee: null, state: 'open' });
    expect(
      (await manager('PUT', `/tickets/${made.id}/assignee`, { accountId: sara.send.accountId, from: null })).code,
    ).toBe('unknown-technician');
    expect(
      (await manager('GET', '/tickets/technicians')).body.technicians.map(({ name }: { name: string }) => name),
    ).toEqual(['The manager', 'The technician']);
  });

  test('both answer at once: both answers stand, in one order for everybody', async () => {
    const { sara, technician, manager, ticket } = await open();
    const made = await ticket(sara);
    const answer = (send: typeof technician, text: string) => send('POST', `/tickets/${made.id}/answers`, { text });
    const all = await Promise.all([answer(technician, 'one'), answer(manager, 'two'), answer(technician, 'three')]);
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
    const seen = (await sara.send('GET', `/tickets/${made.id}`)).body;
    expect(seen.ticket.entries).toBe(4);
    expect(seen.entries).toEqual((await manager('GET', `/tickets/${made.id}`)).body.entries);
    expect(
      seen.entries
        .map(({ text }: { text: string }) => text)
        .sort()
        .join(),
    ).toBe('The screen stays dark.,one,three,two');
  });

  test('an answer is told by text message, once, and without a word of it', async () => {
    const { sara, technician, ticket, store } = await open();
    const made = await ticket(sara);
    await technician('POST', `/tickets/${made.id}/answers`, { text: 'Top secret' });
    await technician('POST', `/tickets/${made.id}/answers`, { text: 'And one thing more' });
    const sent = await store.db.selectFrom('messages').selectAll().where('purpose', '=', 'ticket').execute();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ template: 'ticket-answered', recipient: '+989121234501', locale: 'en' });
    expect(JSON.stringify(sent)).not.toContain('secret');
    await sara.send('POST', `/tickets/${made.id}/messages`, { text: 'Thank you' });
    await technician('POST', `/tickets/${made.id}/answers`, { text: 'Not at all' });
    expect(await store.db.selectFrom('messages').select('id').where('purpose', '=', 'ticket').execute()).toHaveLength(
      2,
    );
  });

  test('promises count in working hours, rest while the customer is asked, and being late shows', async () => {
    const { sara, technician, ticket, clock } = await open({
      devicePortal: {
        tickets: {
          // Tehran: Saturday to Wednesday, 8 to 16; 22 November 2026 is a Sunday. 1 Azar 1405.
          hours: {
            timeZone: 'Asia/Tehran',
            weekly: Object.fromEntries(
              (['saturday', 'sunday', 'monday', 'tuesday', 'wednesday'] as const).map((day) => [
                day,
                [{ from: '08:00', to: '16:00' }],
              ]),
            ),
            holidays: [{ calendar: 'jalali', month: 9, day: 2 }],
          },
          goals: { high: { firstAnswerMinutes: 120, resolutionMinutes: 600 } },
        },
      },
    });
    // 15:00 in Tehran, an hour before the end of the day; Monday is a holiday.
    clock.at = new Date('2026-11-22T11:30:00.000Z');
    const made = await ticket(sara, { priority: 'high' });
    expect(made.firstAnswer.due).toBe('2026-11-24T05:30:00.000Z');
    expect(made.resolution.due).toBe('2026-11-25T05:30:00.000Z');
    clock.at = new Date('2026-11-24T05:00:00.000Z');
    expect((await technician('GET', '/tickets?late=true')).body.tickets).toEqual([]);
    clock.at = new Date('2026-11-24T06:30:00.000Z');
    expect((await technician('GET', '/tickets?late=true')).body.tickets).toMatchObject([
      { id: made.id, firstAnswer: { late: true }, resolution: { late: false } },
    ]);
    // Three working hours of ten are spent.
    const { ticket: answered } = (await technician('POST', `/tickets/${made.id}/answers`, { text: 'Which?' })).body;
    expect(answered.firstAnswer).toEqual({ due: null, metAt: '2026-11-24T06:30:00.000Z', late: true });
    expect(answered.resolution).toEqual({ due: null, metAt: '2026-11-24T06:30:00.000Z', late: false });
    expect((await technician('GET', '/tickets?late=true')).body.tickets).toEqual([]);
    clock.at = new Date('2026-11-28T04:30:00.000Z');
    const { ticket: asked } = (await sara.send('POST', `/tickets/${made.id}/messages`, { text: 'This' })).body;
    expect(asked.resolution).toEqual({ due: '2026-11-28T11:30:00.000Z', metAt: null, late: false });
    const urgent = await technician('PUT', `/tickets/${made.id}/priority`, { priority: 'urgent' });
    expect(urgent.body).toMatchObject({
      ticket: { priority: 'urgent', resolution: { due: '2026-11-28T09:30:00.000Z' } },
      entries: [{ kind: 'priority', from: 'high', to: 'urgent' }],
    });
    clock.at = new Date('2026-11-28T10:30:00.000Z');
    const closed = await technician('POST', `/tickets/${made.id}/close`, {});
    expect(closed.body.ticket.resolution).toMatchObject({ late: true, due: null });
  });

  test('lists narrow, and go on where they ended', async () => {
    const { sara, omid, technician, ticket, clock } = await open();
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      clock.advance(1000);
      const who = index % 3 === 0 ? omid : sara;
      made.push((await ticket(who, { title: `پرسش ${index}`, priority: index % 2 === 0 ? 'high' : 'low' })).id);
    }
    const pages: string[][] = [];
    let after = '';
    do {
      const { body } = await technician('GET', `/tickets?limit=3${after}`);
      pages.push(body.tickets.map(({ id }: { id: string }) => id));
      after = body.next === null ? '' : `&after=${encodeURIComponent(body.next)}`;
    } while (after !== '');
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(pages.flat()).toEqual([...made].reverse());
    const count = async (query: string) => (await technician('GET', `/tickets/count?${query}`)).body.tickets;
    expect(await count('priority=high')).toBe(4);
    expect(await count(`customerId=${omid.customerId}`)).toBe(3);
    expect(await count('assigneeId=nobody&state=open&closed=false')).toBe(7);
    expect(await count('query=5')).toBe(2);
    expect(await count(`query=${encodeURIComponent('پرسش ۵')}`)).toBe(2);
    expect(await count(`query=${encodeURIComponent('پرسش ۰')}`)).toBe(1);
    expect(await count(`query=${encodeURIComponent('پرس')}`)).toBe(7);
    expect(await count('query=!!')).toBe(0);
    clock.advance(100 * 3_600_000);
    const late: string[] = [];
    after = '';
    do {
      const { body } = await technician('GET', `/tickets?late=true&limit=2${after}`);
      late.push(...body.tickets.map(({ id }: { id: string }) => id));
      after = body.next === null ? '' : `&after=${encodeURIComponent(body.next)}`;
    } while (after !== '');
    const high = made.filter((_, index) => index % 2 === 0);
    const low = made.filter((_, index) => index % 2 === 1);
    expect(late).toEqual([...high, ...low]);
  });
});
