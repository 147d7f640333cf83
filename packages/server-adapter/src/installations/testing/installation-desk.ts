import type { Checklist, Device, Installation } from '@callweave/sdk/protocol';
import { createDeviceDesk, SetClock } from '../../devices/testing/device-desk.ts';
import type { MakeStore } from '../../store/testing.ts';
import type { Send } from '../../testing/desk.ts';

export const item = (name: string) => ({
  texts: { en: `${name} was done`, fa: `${name} انجام شد`, cs: `${name}: hotovo` },
});

/** A desk with one device of one buyer, a technician, and ways to go on from there. */
export async function createInstallationDesk(makeStore: MakeStore) {
  // What is written has its time from the store.
  const desk = await createDeviceDesk(await makeStore({ clock: new SetClock() }));
  const type = await desk.type();
  const customer = await desk.customer();
  const device = await desk.device({ customerId: customer.id, typeId: type.id, serial: 'SN-48/12-A' });
  const technician = await desk.as('technician');
  const buyer = await desk.asBuyer(customer.id);

  async function publish(typeId: string, names: readonly string[]): Promise<Checklist> {
    const { body: known } = await desk.manager('GET', '/checklists');
    const draft = (known.checklists as Checklist[]).find((each) => each.typeId === typeId && each.state === 'draft');
    const saved = await desk.manager('PUT', `/checklists/${typeId}/draft`, {
      items: names.map(item),
      revision: draft?.revision ?? 0,
    });
    if (saved.status !== 200) throw new Error(saved.text);
    const published = await desk.manager('POST', `/checklists/${typeId}/publish`, { revision: saved.body.revision });
    if (published.status !== 200) throw new Error(published.text);
    return published.body as Checklist;
  }

  return {
    ...desk,
    type,
    /** Whose device it is. */
    owner: customer,
    scanner: device,
    technician,
    buyer,
    publish,
    async prepare(of: Device = device, installedOn = '2026-11-20', notes = 'Second floor'): Promise<Installation> {
      const answer = await technician('POST', '/installations', { deviceId: of.id, installedOn, notes });
      if (answer.status !== 200) throw new Error(answer.text);
      return answer.body as Installation;
    },
    confirm: (installation: Installation, changes: Record<string, unknown> = {}, as: Send = buyer, headers = {}) =>
      as(
        'POST',
        `/installations/${installation.id}/confirm`,
        {
          revision: installation.revision,
          locale: 'fa',
          digest: installation.wordings.fa.digest,
          ticked: installation.checklist.items.map(({ id }) => id),
          allDone: true,
          ...changes,
        },
        headers,
      ),
  };
}

export type InstallationDesk = Awaited<ReturnType<typeof createInstallationDesk>>;
