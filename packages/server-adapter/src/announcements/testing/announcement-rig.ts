import type { BuyerProfile } from '@callweave/sdk/protocol';
import { buyersAfter, findBuyers } from '../../buyers/index.ts';
import { devicesOfMany } from '../../devices/index.ts';
import { newId } from '../../id.ts';
import type { Store } from '../../store/store.ts';
import type { BuyersAndDevices } from '../audience.ts';

export const sourceOn = (today: string): BuyersAndDevices => ({
  buyersAfter,
  findBuyers,
  devicesOfMany: (db, ids) => devicesOfMany(db, ids, today),
});

export const NO_ONE_LEFT_OUT = { typeIds: [], models: [], serviceStates: [] };

export const NEWS = {
  category: 'software-update',
  title: { en: 'Version 5 is out', fa: 'نسخهٔ ۵ منتشر شد', cs: 'Vyšla verze 5' },
  content: {
    en: 'See https://vendor.example/v5',
    fa: 'https://vendor.example/v5 را ببینید',
    cs: 'Viz https://vendor.example/v5',
  },
} as const;

/** Buyers as a manager would have made them, quicker. @returns their customers' ids, in order */
export async function keepBuyers(
  store: Store,
  count: number,
  locale: BuyerProfile['locale'] = 'en',
): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < count; start += 200)
    await store.write(async (tx) => {
      const at = tx.now.toISOString();
      for (let index = start; index < Math.min(count, start + 200); index += 1) {
        const customer_id = newId('customer', tx.now);
        ids.push(customer_id);
        await tx.db
          .insertInto('buyers')
          .values({
            customer_id,
            name: `Buyer ${index}`,
            locale,
            national_code: String(index).padStart(10, '0'),
            telephone: `+98912${String(1_000_000 + index)}`,
            operator: 'Operator',
            name_folded: `buyer ${index}`,
            city: 'Tehran',
            street: 'Azadi',
            building: '1',
            created_at: at,
            updated_at: at,
          })
          .execute();
      }
    });
  return ids.sort();
}

/** A device of a type, made with it. */
export async function keepDevice(
  store: Store,
  customerId: string,
  device: { readonly model: string; readonly installedOn: string | null; readonly serviceEndsOn: string | null },
): Promise<string> {
  const typeId = `type_${device.model}`;
  await store.write(async (tx) => {
    const at = tx.now.toISOString();
    await tx.db
      .insertInto('device_types')
      .values({
        id: typeId,
        names: '{"en":"","fa":"","cs":""}',
        brand: 'Zig',
        model: device.model,
        model_key: `zig ${device.model}`,
        kind: 'laser',
        service_months: 12,
        warranty_months: 12,
        active: 1,
        created_at: at,
        updated_at: at,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const id = newId('device', tx.now);
    await tx.db
      .insertInto('devices')
      .values({
        id,
        customer_id: customerId,
        type_id: typeId,
        serial: id,
        serial_key: id,
        dongle: null,
        dongle_key: null,
        user_id: null,
        user_key: null,
        installed_on: device.installedOn,
        installation_sealed: 1,
        warranty_ends_on: null,
        service_ends_on: device.serviceEndsOn,
        renewed: 0,
        service_choice: 'none',
        choice_reason: null,
        created_at: at,
        updated_at: at,
      })
      .execute();
  });
  return typeId;
}
