import type { Device, DeviceType } from '@callweave/sdk/protocol';
import type { Store } from '../../store/store.ts';
import { createTestDesk } from '../../testing/desk.ts';

/** A clock that a test sets. */
export class SetClock {
  at = new Date('2026-11-22T18:00:00.000Z');
  now(): Date {
    return this.at;
  }
}

const CODES = ['0013542419', '0499370899', '0790419904'];

/** A desk with device types and customers who buy devices. */
export async function createDeviceDesk(store: Store, clock = new SetClock()) {
  const desk = await createTestDesk(store, { clock, timeZone: 'Asia/Tehran' });
  const manager = await desk.as('manager');
  const made = async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await manager('POST', path, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
    return answer.body as T;
  };
  let customers = 0;
  return {
    ...desk,
    clock,
    manager,
    type: (changes: Partial<DeviceType> = {}) =>
      made<DeviceType>('/device-types', {
        names: { en: 'Scanner S1', fa: 'اسکنر اس۱', cs: 'Skener S1' },
        brand: 'Artin',
        model: 'S1',
        serviceMonths: 12,
        warrantyMonths: 24,
        ...changes,
      }),
    customer: () => {
      const nationalCode = CODES[customers++] ?? '';
      const numbers = [`0912123450${customers}`];
      return made<{ id: string; username: string }>('/customers', {
        name: `Buyer ${customers}`,
        kind: 'devices',
        nationalCode,
        numbers,
      });
    },
    device: (input: Partial<Device>) => made<Device>('/devices', input),
  };
}
