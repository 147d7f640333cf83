import type { contract } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import { type DeviceTypeRow, findType, modelKey, toType } from './device-rows.ts';

/** The contract's `deviceTypes`. */
export function createDeviceTypes(store: Store): Implementation<typeof contract.deviceTypes> {
  async function requireFree(tx: Tx, row: DeviceTypeRow): Promise<void> {
    const taken = await tx.db
      .selectFrom('device_types')
      .select('id')
      .where('model_key', '=', row.model_key)
      .where('id', '!=', row.id)
      .executeTakeFirst();
    if (taken !== undefined)
      throw new Problem('device-type-taken', `There is a type ${row.brand} ${row.model} already.`);
  }

  const everyone = ['role:manager', 'role:supervisor', 'role:agent', 'role:technician', 'role:buyer'] as const;

  return {
    async list() {
      const rows = await store.db.selectFrom('device_types').selectAll().orderBy('model_key').execute();
      return { types: rows.map(toType) };
    },

    create: {
      async write(tx, input, { caller }) {
        const now = tx.now.toISOString();
        const row: DeviceTypeRow = {
          id: newId('devicetype', tx.now),
          names: JSON.stringify(input.names),
          brand: input.brand,
          model: input.model,
          model_key: modelKey(input.brand, input.model),
          kind: input.kind,
          service_months: input.serviceMonths,
          warranty_months: input.warrantyMonths,
          active: input.active ? 1 : 0,
          created_at: now,
          updated_at: now,
        };
        await requireFree(tx, row);
        await tx.db.insertInto('device_types').values(row).execute();
        await tx.record({
          actor: caller.accountId,
          action: 'device-type.created',
          subject: `device-type:${row.id}`,
          data: { brand: row.brand, model: row.model },
        });
        await tx.publish({ type: 'devices-changed', data: {} }, everyone);
        return toType(row);
      },
    },

    update: {
      async write(tx, { typeId, ...input }, { caller }) {
        const before = await findType(tx.db, typeId);
        if (before === undefined) throw new Problem('not-found', `There is no device type ${typeId}.`);
        const after: DeviceTypeRow = {
          ...before,
          ...(input.names !== undefined && { names: JSON.stringify(input.names) }),
          ...(input.brand !== undefined && { brand: input.brand }),
          ...(input.model !== undefined && { model: input.model }),
          ...(input.kind !== undefined && { kind: input.kind }),
          ...(input.serviceMonths !== undefined && { service_months: input.serviceMonths }),
          ...(input.warrantyMonths !== undefined && { warranty_months: input.warrantyMonths }),
          ...(input.active !== undefined && { active: input.active ? 1 : 0 }),
          updated_at: tx.now.toISOString(),
        };
        after.model_key = modelKey(after.brand, after.model);
        await requireFree(tx, after);
        await tx.db.updateTable('device_types').set(after).where('id', '=', typeId).execute();
        await tx.record({
          actor: caller.accountId,
          action: 'device-type.updated',
          subject: `device-type:${typeId}`,
          data: { changed: Object.keys(input).filter((key) => input[key as keyof typeof input] !== undefined) },
        });
        await tx.publish({ type: 'devices-changed', data: {} }, everyone);
        return toType(after);
      },
    },
  };
}
