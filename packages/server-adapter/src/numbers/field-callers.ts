import type { contract, FieldCaller, Role } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import type { NumbersContext } from './numbers-context.ts';
import { endPairing, publishChange } from './overdue.ts';
import { type FieldCallerRow, findFieldCaller } from './rows.ts';

/** Whether an account is active and has a role; asked of the accounts. */
export type HasRole = (tx: Tx, accountId: string, role: Role) => Promise<boolean>;

/** The contract's `fieldCallers`. Audit lines name them by id alone. */
export function createFieldCallers(
  { store, ownNumbers }: NumbersContext,
  hasRole: HasRole,
): Implementation<typeof contract.fieldCallers> {
  async function requireFreeNumber(tx: Tx, number: string, self?: string): Promise<void> {
    if (ownNumbers.includes(number))
      throw new Problem('invalid-input', 'This is a number of the exchange itself.', {
        fields: [{ path: 'number', message: 'is a number of the exchange itself' }],
      });
    const row = await tx.db
      .selectFrom('field_callers')
      .select('id')
      .where('number', '=', number)
      .where('active', '=', 1)
      .executeTakeFirst();
    if (row !== undefined && row.id !== self)
      throw new Problem('real-number-taken', 'Another active field caller has this number.', {
        fields: [{ path: 'number', message: 'belongs to another field caller' }],
      });
  }

  async function requireAccount(tx: Tx, accountId: string, self?: string): Promise<void> {
    const row = await tx.db
      .selectFrom('field_callers')
      .select('id')
      .where('account_id', '=', accountId)
      .where('active', '=', 1)
      .executeTakeFirst();
    if ((row !== undefined && row.id !== self) || !(await hasRole(tx, accountId, 'field-caller')))
      throw new Problem('not-a-field-caller', 'This account is no field caller’s, or belongs to another one.', {
        fields: [{ path: 'accountId', message: 'cannot be used' }],
      });
  }

  return {
    async list() {
      const rows = await store.db.selectFrom('field_callers').selectAll().orderBy('name').orderBy('id').execute();
      return { fieldCallers: rows.map(toFieldCaller) };
    },

    create: {
      async write(tx, input, { caller }) {
        await requireFreeNumber(tx, input.number);
        if (input.accountId !== null) await requireAccount(tx, input.accountId);
        const row = await addFieldCaller(tx, input);
        await tx.record({
          actor: caller.accountId,
          action: 'field-caller.created',
          subject: `field-caller:${row.id}`,
          data: { accountId: row.account_id },
        });
        await publishChange(tx, []);
        return toFieldCaller(row);
      },
    },

    update: {
      async write(tx, input, { caller }) {
        const row = await findFieldCaller(tx.db, input.fieldCallerId);
        if (row === undefined) throw new Problem('not-found', `There is no field caller ${input.fieldCallerId}.`);
        const active = input.active ?? row.active === 1;
        const number = input.number ?? row.number;
        const accountId = input.accountId === undefined ? row.account_id : input.accountId;
        if (active) {
          // Also for who comes back: somebody else may have taken their place.
          await requireFreeNumber(tx, number, row.id);
          if (accountId !== null) await requireAccount(tx, accountId, row.id);
        }
        const changed: FieldCallerRow = {
          ...row,
          name: input.name ?? row.name,
          number,
          account_id: accountId,
          locale: input.locale ?? row.locale,
          active: active ? 1 : 0,
        };
        await tx.db.updateTable('field_callers').set(changed).where('id', '=', row.id).execute();
        if (!active) {
          const paired = await tx.db
            .selectFrom('pairings')
            .select('id')
            .where('field_caller_id', '=', row.id)
            .where('state', '=', 'active')
            .execute();
          for (const { id } of paired) await endPairing(tx, id);
        }
        await tx.record({
          actor: caller.accountId,
          action: 'field-caller.updated',
          subject: `field-caller:${row.id}`,
          data: {
            changed: Object.keys(input).filter(
              (key) => key !== 'fieldCallerId' && input[key as keyof typeof input] !== undefined,
            ),
          },
        });
        await publishChange(
          tx,
          [row.account_id, accountId].flatMap((id) => id ?? []),
        );
        return toFieldCaller(changed);
      },
    },
  };
}

export async function addFieldCaller(
  tx: Tx,
  input: {
    readonly name: string;
    readonly number: string;
    readonly accountId: string | null;
    readonly locale: string;
  },
): Promise<FieldCallerRow> {
  const row: FieldCallerRow = {
    id: newId('field', tx.now),
    name: input.name,
    number: input.number,
    account_id: input.accountId,
    locale: input.locale,
    active: 1,
    created_at: tx.now.toISOString(),
  };
  await tx.db.insertInto('field_callers').values(row).execute();
  return row;
}

function toFieldCaller(row: FieldCallerRow): FieldCaller {
  return {
    id: row.id,
    name: row.name,
    number: row.number,
    accountId: row.account_id,
    locale: row.locale as FieldCaller['locale'],
    active: row.active === 1,
  };
}
