import type { CallPortal } from '@callweave/sdk/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeStores } from './store/testing.ts';
import { createTicketDesk, type TicketDesk } from './tickets/testing/ticket-desk.ts';

describeStores('what an agent sees of a caller who has bought devices', (makeStore) => {
  let desk: TicketDesk;
  beforeEach(async () => {
    desk = await createTicketDesk(makeStore);
  });
  afterEach(() => desk.stop());

  /** The call names its caller; what they have follows. */
  async function portalAfterChoosing(callId: string, customerId: string): Promise<CallPortal | null> {
    const { status, text } = await desk.agent('POST', `/calls/${callId}/customer`, { customerId });
    if (status !== 200) throw new Error(text);
    let portal: CallPortal | null = null;
    await expect
      .poll(async () => {
        portal = (await desk.agent('GET', `/calls/${callId}`)).body.portal;
        return portal;
      })
      .not.toBeNull();
    return portal;
  }

  const moreDevices = async () => {
    const { body } = await desk.manager('GET', '/device-types');
    const device = (serial: string, days: object) =>
      desk.made('/devices', { customerId: desk.sara.customerId, typeId: body.types[0].id, serial, ...days });
    await device('OLD', { installedOn: '2024-01-01', warrantyEndsOn: '2025-12-31', serviceEndsOn: '2024-12-31' });
    await device('NEW', {});
    await device('SOON', { installedOn: '2025-12-01', warrantyEndsOn: '2026-11-22', serviceEndsOn: '2026-11-30' });
  };

  test('how many devices, which to ask about first, what is owed, which tickets wait', async () => {
    await moreDevices();
    await desk.ticket(desk.sara);
    const callId = await desk.call(desk.omid.customerId, desk.agent.accountId);
    expect(await portalAfterChoosing(callId, desk.sara.customerId)).toEqual({
      devices: 4,
      inWarranty: 1,
      service: { active: 2, expired: 1, 'not-activated': 1 },
      attention: { brand: 'Artin', model: 'S1', state: 'expired', daysLeft: null },
      openTickets: 1,
      debt: {
        balance: { amount: 0, currency: 'IRR' },
        ceiling: { amount: 100_000_000, currency: 'IRR' },
        level: 'clear',
        override: false,
      },
    });
    // Whoever looks up the call afterwards has no business with what was owed then.
    await desk.endCall(callId);
    expect((await desk.manager('GET', `/calls/${callId}`)).body.portal).toBeNull();
  });

  test('nothing of one who has bought nothing', async () => {
    const { id } = await desk.made<{ id: string }>('/customers', {
      name: 'Trader',
      kind: 'securities',
      nationalCode: '0790419904',
      numbers: ['09121234599'],
    });
    const callId = await desk.call(desk.sara.customerId, desk.agent.accountId);
    await portalAfterChoosing(callId, desk.omid.customerId);
    expect((await desk.agent('POST', `/calls/${callId}/customer`, { customerId: id })).body.portal).toBeNull();
    expect((await desk.agent('GET', `/calls/${callId}`)).body.portal).toBeNull();
  });

  test('an agent sees devices and account of whom they have on the line; all others are not there', async () => {
    const { sara, omid, agent } = desk;
    const paths = ({ customerId, deviceId }: typeof sara) => [
      `/devices?customerId=${customerId}`,
      `/devices/${deviceId}`,
      `/customers/${customerId}/billing`,
      `/customers/${customerId}/billing/invoices`,
      `/customers/${customerId}/billing/entries`,
    ];
    const answers = (who: typeof sara) =>
      Promise.all(paths(who).map(async (path) => (await agent('GET', path)).code ?? 'seen'));
    const ask = (customerId: string) => agent('POST', '/billing/overrides', { customerId, reason: 'A good customer' });
    const none = paths(sara).map(() => 'not-found');
    expect(await answers(sara)).toEqual(none);
    const callId = await desk.call(sara.customerId, agent.accountId);
    expect(await answers(sara)).toEqual(paths(sara).map(() => 'seen'));
    expect(await answers(omid)).toEqual(none);
    expect((await agent('GET', '/devices')).code).toBe('not-found');
    expect((await ask(omid.customerId)).code).toBe('not-found');
    expect((await ask(sara.customerId)).status).toBe(200);
    await desk.endCall(callId);
    expect(await answers(sara)).toEqual(none);
    // Those who look after all devices need no call.
    expect((await desk.technician('GET', '/devices')).body.devices).toHaveLength(2);
  });

  test('news of a device goes to the agent who has its owner on the line, and to no other', async () => {
    const { sara, agent, manager } = desk;
    const toAgents = async () => {
      const rows = await desk.store.db.selectFrom('events').select('audience').where('type', '=', 'device').execute();
      return rows.flatMap(({ audience }) =>
        (JSON.parse(audience) as string[]).filter(
          (key) => key === 'role:agent' || key === `account:${agent.accountId}`,
        ),
      );
    };
    await manager('PATCH', `/devices/${sara.deviceId}`, { dongle: 'D1' });
    expect(await toAgents()).toEqual([]);
    await desk.call(sara.customerId, agent.accountId);
    await manager('PATCH', `/devices/${sara.deviceId}`, { dongle: 'D2' });
    expect(await toAgents()).toEqual([`account:${agent.accountId}`]);
  });
});
