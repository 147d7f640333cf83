import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import type { Installation } from '../protocol/installation.ts';
import { createInstallations } from './installations.ts';

const wording = (digest: string) => ({ text: digest, digest });

const form = (id: string, changes: Partial<Installation> = {}): Installation => ({
  id,
  deviceId: 'device_1',
  customerId: 'customer_1',
  state: 'waiting',
  device: { brand: 'Artin', model: 'S1', serial: 'SN-1' },
  checklist: { id: 'checklist_1', version: 1, items: [] },
  installedOn: '2026-11-20',
  notes: '',
  revision: 3,
  wordings: { en: wording('e'), fa: wording('f'), cs: wording('c') },
  preparedAt: '2026-11-20T10:00:00.000Z',
  preparedBy: { id: 'account_1', name: 'Reza' },
  confirmed: null,
  ...changes,
});

function stage(present: Installation[]) {
  const asked: unknown[] = [];
  const client = {
    installations: {
      own: async () => ({ installations: present }),
      list: async () => ({ installations: present }),
      confirm: async (input: unknown) => {
        asked.push(input);
        return form('inst_1', { state: 'confirmed' });
      },
    },
  } as unknown as Client;
  return { made: createInstallations(client, '/callweave/'), asked };
}

const shown = (list: { get(): { status: string; value?: readonly Installation[] } }) => list.get().value;

test('a confirmation names the form and the text that were shown, and the lists take the answer', async () => {
  const { made, asked } = stage([form('inst_1')]);
  made.own.open();
  await Promise.resolve();
  await made.confirm(form('inst_1'), { locale: 'fa', ticked: ['a'], allDone: true });
  expect(asked).toEqual([
    { installationId: 'inst_1', revision: 3, locale: 'fa', digest: 'f', ticked: ['a'], allDone: true },
  ]);
  expect(shown(made.own.state)?.map(({ state }) => state)).toEqual(['confirmed']);
});

test('a form that is taken back leaves the buyer, and a list of one device takes no other', async () => {
  const { made } = stage([form('inst_1')]);
  made.own.open();
  const device = made.follow({ deviceId: 'device_1' });
  await new Promise((resolve) => setTimeout(resolve));
  made.handleInstallation(form('inst_2', { deviceId: 'device_2' }));
  expect(shown(device.state)?.map(({ id }) => id)).toEqual(['inst_1']);
  expect(shown(made.own.state)?.map(({ id }) => id)).toEqual(['inst_2', 'inst_1']);
  made.handleInstallation(form('inst_1', { state: 'withdrawn' }));
  expect(shown(made.own.state)?.map(({ id }) => id)).toEqual(['inst_2']);
});

test('a certificate has an address of its own, in the language that is wanted', () => {
  const { made } = stage([]);
  expect(made.certificateUrl('inst_1')).toBe('/callweave/installations/inst_1/certificate');
  expect(made.certificateUrl('inst_1', 'cs')).toBe('/callweave/installations/inst_1/certificate?locale=cs');
});
