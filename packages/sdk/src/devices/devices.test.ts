import { expect, test } from 'vitest';
import type { Device } from '../protocol/device.ts';
import { createDevices } from './devices.ts';

const device = (id: string, customerId = 'customer_1') => ({ id, customerId }) as Device;

function fakeClient(all: () => readonly Device[]) {
  const asked: Record<string, unknown>[] = [];
  const page = async (input: { limit: number; after?: string; customerId?: string }) => {
    asked.push(input);
    const mine = all().filter(({ customerId }) => customerId === (input.customerId ?? 'customer_1'));
    const from = input.after === undefined ? 0 : mine.findIndex(({ id }) => id === input.after) + 1;
    return { devices: mine.slice(from, from + input.limit), more: from + input.limit < mine.length };
  };
  return { asked, made: createDevices({ devices: { own: page, list: page } } as never) };
}

const ids = (state: ReturnType<ReturnType<typeof fakeClient>['made']['follow']>['state']) => {
  const value = state.get();
  return value.status === 'ready' ? value.value.map(({ id }) => id) : value.status;
};

test('all pages of a customer are one list', async () => {
  const many = Array.from({ length: 1201 }, (_, i) => device(`device_${i}`));
  const { asked, made } = fakeClient(() => many);
  const { state } = made.follow();
  await expect.poll(() => ids(state)).toHaveLength(1201);
  expect(asked).toHaveLength(3);
  expect(asked.every(({ customerId }) => customerId === undefined)).toBe(true);
});

test('a device that comes, changes or goes makes the lists load that it concerns, and no other', async () => {
  let all = [device('device_1'), device('device_2', 'customer_2')];
  const { asked, made } = fakeClient(() => all);
  const one = made.follow('customer_1');
  const two = made.follow('customer_2');
  await expect.poll(() => [ids(one.state), ids(two.state)]).toEqual([['device_1'], ['device_2']]);
  all = [device('device_1', 'customer_2'), device('device_2', 'customer_2')];
  made.handleDevice(all[0] as Device);
  await expect.poll(() => [ids(one.state), ids(two.state)]).toEqual([[], ['device_1', 'device_2']]);
  const before = asked.length;
  made.handleDevice(device('device_9', 'customer_3'));
  two.close();
  one.close();
  made.reload();
  expect(asked).toHaveLength(before);
});
