import type { CustomerKind } from '@callweave/sdk/protocol';
import { beforeAll, expect, test } from 'vitest';
import type { Directory } from './directory.ts';

/** A customer as the suite wants it to exist behind a directory. */
export interface DirectoryFixture {
  readonly name: string;
  readonly username: string;
  readonly nationalCode: string;
  /** The desks of brokers and of vendors find their customers alike; these here trade. */
  readonly kind: Exclude<CustomerKind, 'devices'>;
  readonly numbers: readonly string[];
  readonly responders: readonly string[];
  readonly contractSignedOn: string | null;
}

/** Who is in the customer base while the suite runs, and nobody else. */
export const DIRECTORY_FIXTURES: readonly DirectoryFixture[] = [
  {
    name: 'زهرا کریمی',
    username: '10001',
    nationalCode: '0013542419',
    kind: 'both',
    numbers: ['+989121234567', '+982188776655'],
    responders: ['account_a', 'account_b'],
    contractSignedOn: '2026-01-10',
  },
  {
    name: 'محمدرضا یزدی',
    username: '10002',
    nationalCode: '0499370899',
    kind: 'securities',
    numbers: ['+989351112233'],
    responders: ['account_b'],
    contractSignedOn: null,
  },
  {
    name: 'زهرا یوسفی',
    username: '10003',
    nationalCode: '0790419904',
    kind: 'commodity',
    numbers: ['+982188776655'],
    responders: [],
    contractSignedOn: '2026-03-01',
  },
  {
    name: 'Jana Nováková',
    username: '20001',
    nationalCode: '0084575948',
    kind: 'securities',
    numbers: ['+420601234567'],
    responders: ['account_a'],
    contractSignedOn: '2026-02-02',
  },
];

/** What every directory must do. `make` fills a customer base with {@link DIRECTORY_FIXTURES}. Run it inside a `describe`. */
export function describeDirectory(make: () => Promise<Directory>): void {
  let directory: Directory;
  beforeAll(async () => {
    directory = await make();
  });
  const names = (customers: readonly { readonly name: string }[]) => customers.map(({ name }) => name);

  test('finds by number, and gives back everyone who has it', async () => {
    expect(names(await directory.findByNumber('+989121234567'))).toEqual(['زهرا کریمی']);
    expect(names(await directory.findByNumber('+982188776655')).sort()).toEqual(['زهرا کریمی', 'زهرا یوسفی'].sort());
    expect(await directory.findByNumber('+989999999999')).toEqual([]);
  });

  test('finds by id what it found by number, and knows all of it', async () => {
    const [found] = await directory.findByNumber('+989351112233');
    if (!found) throw new Error('not found by number');
    const { name, username, kind, numbers, responders, contractSignedOn } = DIRECTORY_FIXTURES[1] ?? {};
    expect(found).toMatchObject({ name, username, kind, numbers, responders, contractSignedOn });
    expect(['en', 'fa', 'cs']).toContain(found.locale);
    expect(found.id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect(await directory.findById(found.id)).toEqual(found);
    expect(await directory.findById('nobody')).toBeUndefined();
  });

  test.each([
    ['10003', ['زهرا یوسفی']],
    ['۱۰۰۰۳', ['زهرا یوسفی']],
    ['0499370899', ['محمدرضا یزدی']],
    ['۰۴۹۹۳۷۰۸۹۹', ['محمدرضا یزدی']],
    ['0912 123 4567', ['زهرا کریمی']],
    ['۰۰۹۸۹۱۲۱۲۳۴۵۶۷', ['زهرا کریمی']],
    ['+420 601 234 567', ['Jana Nováková']],
    ['زهرا', ['زهرا کریمی', 'زهرا یوسفی']],
    ['كريمي', ['زهرا کریمی']],
    ['زهرا ي', ['زهرا یوسفی']],
    ['يوسف', ['زهرا یوسفی']],
    ['محمد رضا', ['محمدرضا یزدی']],
    ['محمد‌رضا', ['محمدرضا یزدی']],
    ['novak', ['Jana Nováková']],
    ['NOVÁK jana', ['Jana Nováková']],
    ['nobody at all', []],
    ['%', []],
    ["' or 1=1 --", []],
    ['—', []],
  ])('search %j', async (query, expected) => {
    expect(names(await directory.search(query, 20)).sort()).toEqual([...expected].sort());
  });

  test('an exact match comes first, and the limit is kept', async () => {
    expect(names(await directory.search('زهرا یوسفی', 20))[0]).toBe('زهرا یوسفی');
    expect(await directory.search('زهرا', 1)).toHaveLength(1);
  });

  test('who is served by whom, where the directory can tell', async () => {
    if (!directory.servedBy) return;
    const [first] = await directory.findByNumber('+989121234567');
    const [second] = await directory.findByNumber('+989351112233');
    expect([...(await directory.servedBy('account_b'))].sort()).toEqual([first?.id, second?.id].sort());
    expect(await directory.servedBy('account_none')).toEqual([]);
  });
}
