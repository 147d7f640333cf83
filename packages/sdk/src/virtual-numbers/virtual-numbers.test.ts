import { expect, test, vi } from 'vitest';
import { createClient } from '../http/whole-client.ts';
import { createVirtualNumbers } from './virtual-numbers.ts';

/** An adapter with so many pairings, given out page by page. */
function setUp(count: number) {
  const ids = Array.from({ length: count }, (_, index) => `pairing_${String(index).padStart(5, '0')}`);
  const asked: string[] = [];
  let broken = false;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname, searchParams } = new URL(new Request(input, init).url);
    const path = pathname.replace('/callweave', '');
    asked.push(path);
    if (broken) return Response.json({ error: { code: 'internal', message: 'x', fix: 'x' } }, { status: 500 });
    if (path !== '/pairings') return Response.json({ projects: [], numbers: [], fieldCallers: [] });
    const from = ids.filter((id) => id > (searchParams.get('after') ?? ''));
    const limit = Number(searchParams.get('limit'));
    return Response.json({ pairings: from.slice(0, limit).map((id) => ({ id })), more: from.length > limit });
  };
  const url = 'https://desk.example/callweave/';
  const numbers = createVirtualNumbers(createClient({ url, fetch }), url);
  return { numbers, ids, asked, breakIt: () => void (broken = true) };
}

const shown = (readable: { get(): { status: string } }) => (readable.get() as { value?: { id: string }[] }).value;

test('all pairings are loaded, however many pages they take', async () => {
  const { numbers, ids } = setUp(2_500);
  const end = numbers.open();
  await vi.waitFor(() => expect(shown(numbers.pairings)?.map(({ id }) => id)).toEqual(ids));
  end();
});

test('nothing is loaded before somebody follows, and what is shown stays when loading fails', async () => {
  const { numbers, asked, breakIt } = setUp(1);
  numbers.reload();
  expect(asked).toEqual([]);
  const end = numbers.open();
  await vi.waitFor(() => expect(shown(numbers.pairings)).toHaveLength(1));
  breakIt();
  const before = asked.length;
  numbers.reload();
  await vi.waitFor(() => expect(asked.length).toBeGreaterThanOrEqual(before + 4));
  expect(shown(numbers.pairings)).toHaveLength(1);
  end();
  expect(numbers.exportUrl).toBe('https://desk.example/callweave/pairings/export');
});
