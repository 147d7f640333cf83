import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TicketChange } from '@callweave/sdk/protocol';
import { newId } from '../../id.ts';
import type { AdapterOptions } from '../../options.ts';
import type { MakeStore } from '../../store/testing.ts';
import { createTestDesk } from '../../testing/desk.ts';

/** A clock that a test sets. */
export class SetClock {
  at = new Date('2026-11-22T08:00:00.000Z');
  now(): Date {
    return this.at;
  }
  advance(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

const CODES = ['0013542419', '0499370899', '0790419904'];

/** A desk with two buyers, each with a device that is served, and a place for files. */
export async function createTicketDesk(makeStore: MakeStore, options: Partial<AdapterOptions> = {}) {
  const clock = new SetClock();
  const store = await makeStore({ clock });
  const folder = await mkdtemp(join(tmpdir(), 'callweave-tickets-'));
  const desk = await createTestDesk(store, {
    clock,
    timeZone: 'Asia/Tehran',
    recordings: folder,
    // Tests let days pass.
    session: { idleMinutes: 10_000_000, longestMinutes: 10_000_000 },
    ...options,
  });
  const manager = await desk.as('manager');
  const made = async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await manager('POST', path, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
    return answer.body as T;
  };
  const type = await made<{ id: string }>('/device-types', {
    names: { en: 'Scanner S1', fa: 'اسکنر اس۱', cs: 'Skener S1' },
    brand: 'Artin',
    model: 'S1',
    serviceMonths: 12,
    warrantyMonths: 24,
  });
  let customers = 0;
  const buyer = async () => {
    const nationalCode = CODES[customers++] ?? '';
    const { id } = await made<{ id: string }>('/customers', {
      name: `Buyer ${customers}`,
      kind: 'devices',
      nationalCode,
      numbers: [`0912123450${customers}`],
    });
    const device = await made<{ id: string }>('/devices', {
      customerId: id,
      typeId: type.id,
      serial: `SN-${customers}`,
      installedOn: '2026-10-01',
      serviceEndsOn: '2027-09-30',
    });
    await store.write((tx) =>
      tx.db
        .insertInto('buyers')
        .values({
          customer_id: id,
          national_code: nationalCode,
          telephone: `+98912123450${customers}`,
          operator: '',
          name: `Buyer ${customers}`,
          name_folded: `buyer ${customers}`,
          locale: 'en',
          city: '',
          street: '',
          building: '',
          created_at: tx.now.toISOString(),
          updated_at: tx.now.toISOString(),
        })
        .execute(),
    );
    return { customerId: id, deviceId: device.id, send: await desk.asBuyer(id) };
  };
  const sara = await buyer();
  const omid = await buyer();

  return {
    ...desk,
    clock,
    manager,
    folder,
    sara,
    omid,
    technician: await desk.as('technician'),
    agent: await desk.as('agent'),
    made,
    /** A ticket of a buyer. */
    async ticket(who: typeof sara, changes: Record<string, unknown> = {}): Promise<TicketChange['ticket']> {
      const answer = await who.send('POST', '/tickets', {
        deviceId: who.deviceId,
        title: 'No picture',
        description: 'The screen stays dark.',
        ...changes,
      });
      if (answer.status !== 200) throw new Error(answer.text);
      return answer.body.ticket;
    },
    /** A call in which this agent speaks with a customer. */
    async call(customerId: string, agentId: string, state = 'answered'): Promise<string> {
      const id = newId('call');
      await store.write((tx) =>
        tx.db
          .insertInto('calls')
          .values({
            id,
            direction: 'inbound',
            state,
            outcome: null,
            caller_number: '+989121234567',
            called_number: '+982181021380',
            number_declared: 1,
            customer_id: customerId,
            candidates: '[]',
            agent_id: agentId,
            responder_order: null,
            started_at: tx.now.toISOString(),
            answered_at: tx.now.toISOString(),
            ended_at: null,
            held_since: null,
            hold_total_ms: 0,
            recording_id: null,
            entitlement: null,
            wrap_up: null,
            updated_at: tx.now.toISOString(),
            kind: 'desk',
            presented_number: null,
            transfers: 0,
            tags: '[]',
            parties: '[]',
            queue: null,
            hold_alert_ms: null,
          })
          .execute(),
      );
      return id;
    },
    endCall: (callId: string) =>
      store.write((tx) => tx.db.updateTable('calls').set({ state: 'ended' }).where('id', '=', callId).execute()),
    /** Uploads bytes as a browser would. */
    async upload(
      cookie: string,
      bytes: Uint8Array | string,
      { name = 'file.txt', uploadId = newId('upload') }: { name?: string; uploadId?: string } = {},
    ) {
      const query = new URLSearchParams({ name, uploadId });
      const answer = await desk.adapter.fetch(
        new Request(`http://desk.test${desk.adapter.basePath}/ticket-attachments?${query}`, {
          method: 'POST',
          headers: { cookie, origin: 'http://desk.test', 'content-type': 'application/octet-stream' },
          body: bytes as Uint8Array<ArrayBuffer>,
        }),
      );
      // biome-ignore lint/suspicious/noExplicitAny: tests look into answers
      return { status: answer.status, body: (await answer.json()) as any };
    },
    /** What was published to these keys, oldest first. */
    async events(...keys: string[]): Promise<TicketChange[]> {
      const rows = await store.db
        .selectFrom('events')
        .selectAll()
        .where('type', '=', 'ticket')
        .orderBy('seq')
        .execute();
      return rows
        .filter(({ audience }) => (JSON.parse(audience) as string[]).some((key) => keys.includes(key)))
        .map(({ data }) => JSON.parse(data) as TicketChange);
    },
    async stop() {
      await desk.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type TicketDesk = Awaited<ReturnType<typeof createTicketDesk>>;
