import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import type { Transfer } from '../protocol/transfer.ts';
import { createTransfers } from './transfers.ts';

const wording = (digest: string) => ({ text: digest, digest });
const transfer = (id: string, state: Transfer['state'] = 'offered'): Transfer => ({
  id,
  deviceId: 'device_1',
  customerId: 'customer_1',
  state,
  device: { brand: 'Artin', model: 'S1', identifier: 'SN-1' },
  newOwner: { name: 'Nima', nationalCode: '0790419904', telephone: '+989123450009', locale: 'fa' },
  wordings: { en: wording('e'), fa: wording('f'), cs: wording('c') },
  startedAt: '2026-11-22T08:00:00.000Z',
  expiresAt: '2026-12-06T08:00:00.000Z',
  confirmed: null,
  accepted: null,
  decided: null,
  endedAt: null,
  revision: 3,
  review: null,
});

function stage(present: Transfer[]) {
  const asked: unknown[] = [];
  const note = (result: Transfer) => async (input: unknown) => {
    asked.push(input);
    return result;
  };
  const client = {
    transfers: {
      own: async () => ({ transfers: present }),
      list: async () => ({ transfers: present.filter(({ state }) => state === 'accepted') }),
      confirm: note(transfer('transfer_1', 'confirmed')),
      approve: note(transfer('transfer_1', 'approved')),
    },
    transferAcceptances: { accept: note(transfer('transfer_1', 'accepted')) },
  } as unknown as Client;
  return { made: createTransfers(client), asked };
}

const shown = (list: { get(): { status: string; value?: readonly Transfer[] } }) =>
  list.get().value?.map(({ id, state }) => `${id} ${state}`);
const turn = () => new Promise((resolve) => setTimeout(resolve));

test('a consent names the text that was shown, and the own list takes the answer', async () => {
  const { made, asked } = stage([transfer('transfer_1')]);
  made.own.open();
  await turn();
  await made.confirm(transfer('transfer_1'), { locale: 'fa', code: '123456' });
  expect(asked).toEqual([{ transferId: 'transfer_1', locale: 'fa', digest: 'f', code: '123456' }]);
  expect(shown(made.own.state)).toEqual(['transfer_1 confirmed']);
});

test('what waits for the house comes with its event, the oldest first, and leaves when it is decided', async () => {
  const { made, asked } = stage([transfer('transfer_1', 'accepted')]);
  made.toReview.open();
  await turn();
  made.handleTransfer(transfer('transfer_2', 'accepted'));
  expect(shown(made.toReview.state)).toEqual(['transfer_1 accepted', 'transfer_2 accepted']);
  await made.approve(transfer('transfer_1', 'accepted'));
  expect(asked).toEqual([{ transferId: 'transfer_1', revision: 3 }]);
  expect(shown(made.toReview.state)).toEqual(['transfer_2 accepted']);
});
