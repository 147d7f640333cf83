import { isNationalCode, normalizeNumber, toAsciiDigits } from '@callweave/sdk/protocol';
import { takenNationalCodes } from '../customers/index.ts';
import type { CheckedRow, Fault, ImportKind, ImportLine } from '../imports/index.ts';
import { Problem } from '../problem.ts';
import type { Store } from '../store/store.ts';
import type { BuyerFacts } from './keep-buyer.ts';
import { type BuyersParts, makeBuyer } from './operations.ts';

type Checked = CheckedRow<BuyerFacts>;

const LONGEST = { name: 120, operator: 120, city: 80, street: 200, building: 120 } as const;
const TEXTS = Object.keys(LONGEST) as (keyof typeof LONGEST)[];

/** Buyers from a table: each row is a new customer of our own base, entered by the manager who imports. */
export function buyerImport(parts: BuyersParts): ImportKind<BuyerFacts> {
  const { store, plan, house } = parts;

  function readRow({ line, cells }: ImportLine, fault: Fault): Checked | undefined {
    let right = true;
    const wrong = (...[column, code, message]: [string | null, Parameters<Fault>[2], string]) => {
      right = false;
      fault(line, column, code, message);
    };
    const text = (column: string): string => {
      // A spreadsheet keeps the zeros of a code with an apostrophe before it.
      const cell = cells[column]?.replace(/^'/, '').trim() ?? '';
      if (cell === '') wrong(column, 'missing', 'is missing');
      return cell;
    };
    for (const column of TEXTS)
      if ((cells[column]?.length ?? 0) > LONGEST[column])
        wrong(column, 'too-long', `is longer than ${LONGEST[column]} characters`);
    // A spreadsheet that took the code for a number has dropped its zeros.
    const digits = toAsciiDigits(text('national_code'));
    const nationalCode = /^\d{8,9}$/.test(digits) ? digits.padStart(10, '0') : digits;
    if (nationalCode !== '' && !isNationalCode(nationalCode))
      wrong('national_code', 'not-a-code', 'is not a valid national code: check all 10 digits');
    const written = toAsciiDigits(text('telephone'));
    const telephone =
      normalizeNumber(written, plan) ?? (/^9\d{9}$/.test(written) ? normalizeNumber(`0${written}`, plan) : undefined);
    if (written !== '' && telephone === undefined)
      wrong(
        'telephone',
        'not-a-number',
        'is not a telephone number; write it with area code, or with + and country code',
      );
    const [name, operator, city, street, building] = [
      text('name'),
      text('operator'),
      text('city'),
      text('street'),
      text('building'),
    ];
    if (!right || telephone === undefined) return undefined;
    const row: BuyerFacts = {
      name,
      nationalCode,
      telephone,
      operator,
      address: { city, street, building },
      locale: 'fa',
    };
    return { line, row, unique: [{ column: 'national_code', value: nationalCode }] };
  }

  return {
    name: 'buyers',
    columns: [
      { name: 'name', required: true, headings: ['buyer', 'نام', 'نام خریدار', 'jméno', 'název'] },
      { name: 'national_code', required: true, headings: ['کد ملی', 'rodné číslo', 'národní kód'] },
      { name: 'telephone', required: true, headings: ['phone', 'number', 'تلفن', 'شماره تلفن', 'telefon'] },
      { name: 'operator', required: true, headings: ['operator of the device', 'اپراتور', 'نام اپراتور', 'obsluha'] },
      { name: 'city', required: true, headings: ['شهر', 'město'] },
      { name: 'street', required: true, headings: ['خیابان', 'ulice'] },
      { name: 'building', required: true, headings: ['ساختمان', 'پلاک', 'budova'] },
    ],

    async check(lines, fault) {
      if (house.hostBase) {
        for (const { line } of lines)
          fault(line, null, 'unknown-customer', 'customers are kept by the house; make buyers of them one by one');
        return [];
      }
      const rows = lines.flatMap((line) => readRow(line, fault) ?? []);
      await reportTaken(store.db, rows, fault);
      return rows;
    },

    async apply(tx, rows, { accountId }, fault) {
      for (const { line, row } of rows)
        try {
          await makeBuyer(tx, parts, row, accountId);
        } catch (error) {
          if (!(error instanceof Problem) || error.code !== 'national-code-taken') throw error;
          fault(line, 'national_code', 'taken', 'belongs to a customer who is there already');
        }
    },
  };
}

/** Also of customers who are no buyers: whether they are to become buyers a manager decides one by one. */
async function reportTaken(db: Store['db'], rows: readonly Checked[], fault: Fault): Promise<void> {
  if (rows.length === 0) return;
  const codes = rows.map(({ row }) => row.nationalCode);
  const customers = await takenNationalCodes(db, codes);
  for (const { line, row } of rows)
    if (customers.has(row.nationalCode))
      fault(line, 'national_code', 'taken', 'belongs to a customer who is there already');
}
