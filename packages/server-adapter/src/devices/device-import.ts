import { foldText, isNationalCode } from '@callweave/sdk/protocol';
import type { Directory } from '../customers/index.ts';
import { newId } from '../id.ts';
import { type CheckedRow, type Fault, type ImportKind, type ImportLine, readImportDay } from '../imports/index.ts';
import type { Store, Tx } from '../store/store.ts';
import { publishMany } from './device-changes.ts';
import { type DeviceRow, type DeviceTypeRow, identifierKey, modelKey } from './device-rows.ts';

export interface DeviceImportRow {
  readonly customerId: string;
  readonly typeId: string;
  readonly serial: string | null;
  readonly dongle: string | null;
  readonly userId: string | null;
  readonly installedOn: string | null;
  readonly warrantyEndsOn: string | null;
  readonly serviceEndsOn: string | null;
}

type Checked = CheckedRow<DeviceImportRow>;
const MAX_LENGTH = 80;
/** Asked of the directory at a time, which may be the host's own. */
const LOOK_UPS = 16;

const KEYS = ['serial_key', 'dongle_key', 'user_key'] as const;
const COLUMN_OF = { serial_key: 'serial', dongle_key: 'dongle', user_key: 'user_id' } as const;

/** Devices from a table: each row is a new device of a customer who is known already. */
export function deviceImport(store: Store, directory: Directory): ImportKind<DeviceImportRow> {
  /** Customers by national code or username; undefined when nobody, or more than one, has it. */
  async function customersOf(codes: readonly string[]): Promise<ReadonlyMap<string, string | undefined>> {
    const found = new Map<string, string | undefined>();
    const waiting = [...new Set(codes)];
    await Promise.all(
      Array.from({ length: LOOK_UPS }, async () => {
        for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
          const wanted = code;
          // A search finds names and telephone numbers, too; none of these says for sure whose a device is.
          const customers = (await directory.search(wanted, 2)).filter(
            ({ username }) => isNationalCode(wanted) || foldText(username) === wanted,
          );
          found.set(code, customers.length === 1 ? customers[0]?.id : undefined);
        }
      }),
    );
    return found;
  }

  return {
    name: 'devices',
    columns: [
      { name: 'customer', required: true, headings: ['national code', 'کد ملی', 'مشتری', 'rodné číslo', 'zákazník'] },
      { name: 'brand', required: true, headings: ['برند', 'نشان', 'značka'] },
      { name: 'model', required: true, headings: ['مدل', 'typ'] },
      { name: 'serial', required: false, headings: ['serial number', 'شماره سریال', 'سریال', 'sériové číslo'] },
      { name: 'dongle', required: false, headings: ['دانگل', 'شماره دانگل', 'قفل', 'hardwarový klíč'] },
      { name: 'user_id', required: false, headings: ['شناسه کاربری', 'شناسه کاربر', 'uživatelské id'] },
      { name: 'installed_on', required: false, headings: ['installation date', 'تاریخ نصب', 'datum instalace'] },
      { name: 'warranty_ends_on', required: false, headings: ['warranty end', 'پایان گارانتی', 'konec záruky'] },
      { name: 'service_ends_on', required: false, headings: ['service end', 'پایان خدمات', 'konec servisu'] },
    ],

    async check(lines, fault) {
      const types = await typesByModel(store.db);
      const customers = await customersOf(lines.flatMap(({ cells }) => customerCode(cells) ?? []));
      const rows = lines.flatMap((line) => readRow(line, types, customers, fault) ?? []);
      await reportTaken(store.db, rows, fault);
      return rows;
    },

    async apply(tx, rows, _actor, fault) {
      await reportTaken(tx.db, rows, fault);
      const now = tx.now.toISOString();
      const values = rows.map(
        ({ row }): DeviceRow => ({
          id: newId('device', tx.now),
          customer_id: row.customerId,
          type_id: row.typeId,
          serial: row.serial,
          serial_key: identifierKey(row.serial),
          dongle: row.dongle,
          dongle_key: identifierKey(row.dongle),
          user_id: row.userId,
          user_key: identifierKey(row.userId),
          installed_on: row.installedOn,
          installation_sealed: 0,
          warranty_ends_on: row.warrantyEndsOn,
          service_ends_on: row.serviceEndsOn,
          renewed: 0,
          service_choice: 'none',
          choice_reason: null,
          created_at: now,
          updated_at: now,
        }),
      );
      if (values.length > 0) await tx.db.insertInto('devices').values(values).execute();
    },

    applied: (tx, rows) =>
      publishMany(
        tx,
        rows.map(({ row }) => row.customerId),
      ),
  };
}

const customerCode = (cells: ImportLine['cells']): string | undefined =>
  cells['customer'] === undefined ? undefined : foldText(cells['customer'].replace(/^'/, ''));

async function typesByModel(db: Store['db']): Promise<ReadonlyMap<string, DeviceTypeRow>> {
  const rows = await db.selectFrom('device_types').selectAll().where('active', '=', 1).execute();
  return new Map(rows.map((row) => [row.model_key, row]));
}

function readRow(
  { line, cells }: ImportLine,
  types: ReadonlyMap<string, DeviceTypeRow>,
  customers: ReadonlyMap<string, string | undefined>,
  fault: Fault,
): Checked | undefined {
  let right = true;
  const wrong = (...[column, code, message]: [string | null, Parameters<Fault>[2], string]) => {
    right = false;
    fault(line, column, code, message);
  };
  for (const column of ['customer', 'brand', 'model'])
    if (cells[column] === undefined) wrong(column, 'missing', 'is missing');
  const code = customerCode(cells);
  const customerId = code === undefined ? undefined : customers.get(code);
  if (code !== undefined && customerId === undefined)
    wrong('customer', 'unknown-customer', 'is the national code or username of no customer');
  const { brand, model } = cells;
  const type = brand === undefined || model === undefined ? undefined : types.get(modelKey(brand, model));
  if (brand !== undefined && model !== undefined && type === undefined)
    wrong('model', 'unknown-type', 'is no device type; create it first');
  const identifier = (column: 'serial' | 'dongle' | 'user_id') => {
    const text = cells[column]?.replace(/^'/, '') ?? null;
    if (text !== null && text.length > MAX_LENGTH) wrong(column, 'too-long', `is longer than ${MAX_LENGTH} characters`);
    return text;
  };
  const day = (column: 'installed_on' | 'warranty_ends_on' | 'service_ends_on') => {
    const text = cells[column];
    if (text === undefined) return null;
    const read = readImportDay(text);
    if (read === undefined) wrong(column, 'not-a-day', 'is no day; write it as 2027-03-20 or 1405/12/29');
    return read ?? null;
  };
  const [serial, dongle, userId] = [identifier('serial'), identifier('dongle'), identifier('user_id')];
  if (serial === null && dongle === null && userId === null)
    wrong('serial', 'one-needed', 'give a serial number, a dongle or a user id');
  const installedOn = day('installed_on');
  const warrantyEndsOn = day('warranty_ends_on');
  const serviceEndsOn = day('service_ends_on');
  for (const [column, end] of [
    ['warranty_ends_on', warrantyEndsOn],
    ['service_ends_on', serviceEndsOn],
  ] as const)
    if (installedOn !== null && end !== null && end < installedOn)
      wrong(column, 'order-of-days', 'is before the installation');
  if (!right || customerId === undefined || type === undefined) return undefined;
  const row = { customerId, typeId: type.id, serial, dongle, userId, installedOn, warrantyEndsOn, serviceEndsOn };
  return {
    line,
    row,
    unique: keysOf(row).map(({ key, value }) => ({ column: COLUMN_OF[key], value: scoped(key, value, row.typeId) })),
  };
}

function keysOf({ serial, dongle, userId }: DeviceImportRow) {
  const keys = {
    serial_key: identifierKey(serial),
    dongle_key: identifierKey(dongle),
    user_key: identifierKey(userId),
  };
  return KEYS.flatMap((key) => {
    const value = keys[key];
    return value === null ? [] : [{ key, value }];
  });
}

/** A dongle is the only one of all; a serial number or user id, of its type. */
const scoped = (key: (typeof KEYS)[number], value: string, typeId: string): string =>
  key === 'dongle_key' ? value : `${typeId} ${value}`;

async function reportTaken(db: Store['db'] | Tx['db'], rows: readonly Checked[], fault: Fault): Promise<void> {
  for (const key of KEYS) {
    const wanted = rows.flatMap(({ line, row }) =>
      keysOf(row)
        .filter((one) => one.key === key)
        .map(({ value }) => ({ line, value, scope: scoped(key, value, row.typeId) })),
    );
    if (wanted.length === 0) continue;
    const values = wanted.map(({ value }) => value);
    const present = await db.selectFrom('devices').select([key, 'type_id']).where(key, 'in', values).execute();
    const taken = new Set(present.map((device) => scoped(key, device[key] ?? '', device.type_id)));
    for (const { line, scope } of wanted)
      if (taken.has(scope)) fault(line, COLUMN_OF[key], 'taken', 'belongs to a device that is there already');
  }
}
