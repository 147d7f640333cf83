import { createHash } from 'node:crypto';
import type { Locale } from '@callweave/sdk/protocol';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { documentWords, type PrintableDocument, renderDocument } from './index.ts';

interface Word {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

interface ReadPage {
  readonly words: readonly Word[];
  /** Lines from the top, each read in the direction of the document. */
  readonly lines: readonly string[];
}

/** What a reader's program finds: the words of each page with their place. */
async function read(pdf: Uint8Array, locale: Locale) {
  const task = getDocument({ data: pdf.slice(), useSystemFonts: false, verbosity: 0 });
  const file = await task.promise;
  const { info } = await file.getMetadata();
  const pages: ReadPage[] = [];
  for (let number = 1; number <= file.numPages; number += 1) {
    const content = await (await file.getPage(number)).getTextContent();
    const words = content.items.flatMap((item) =>
      'str' in item && item.str.trim() !== ''
        ? [
            {
              text: item.str,
              x: item.transform[4] as number,
              y: Math.round(item.transform[5] as number),
              width: item.width,
            },
          ]
        : [],
    );
    const sign = locale === 'fa' ? -1 : 1;
    const lines = [...new Set(words.map(({ y }) => y))]
      .sort((a, b) => b - a)
      .map((y) =>
        words
          .filter((word) => word.y === y)
          .sort((a, b) => sign * (a.x - b.x))
          .map(({ text }) => text)
          .join(' '),
      );
    pages.push({ words, lines });
  }
  await task.destroy();
  return { pages, info };
}

const issuedAt = new Date('2026-11-22T09:30:00.000Z');
const write = (locale: Locale, title: string, blocks: PrintableDocument['blocks']) =>
  renderDocument({ locale, title, blocks, issuedAt });

describe('documents', () => {
  it('shapes Persian from right to left, and keeps what is foreign in its own direction', async () => {
    const pdf = await write('fa', 'گواهی نصب دستگاه', [
      { kind: 'paragraph', text: 'دستگاه با شمارهٔ سریال SN-48/12-A در تاریخ ۱۴۰۵/۰۹/۰۱ (یکشنبه) نصب شد.' },
    ]);
    const { pages } = await read(pdf, 'fa');
    expect(pages[0]?.lines[0]).toBe('گواهی نصب دستگاه');
    expect(pages[0]?.lines[1]).toContain('دستگاه با شمار');
    expect(pages[0]?.lines[1]).toContain('سریال SN-48/12-A');
    expect(pages[0]?.lines[1]).toContain('در تاریخ ۱۴۰۵/۰۹/۰۱');
    // The sentence begins at the right edge of the body.
    const [first] = pages[0]?.words.filter(({ text }) => text.includes('دستگاه با')) ?? [];
    expect((first?.x ?? 0) + (first?.width ?? 0)).toBeCloseTo(595.28 - 56, 0);
  });

  it('writes Czech and English with every letter', async () => {
    const czech = 'Příliš žluťoučký kůň úpěl ďábelské ódy';
    const { pages } = await read(await write('cs', 'Potvrzení', [{ kind: 'paragraph', text: czech }]), 'cs');
    expect(pages[0]?.lines).toEqual(['Potvrzení', czech, 'Potvrzení Strana 1 z 1']);
  });

  it('says title, language, issuer and date of issue in its metadata', async () => {
    const { info } = await read(
      await renderDocument({ locale: 'fa', title: 'فاکتور', issuer: 'شرکت نمونه', issuedAt, blocks: [] }),
      'fa',
    );
    expect(info).toMatchObject({
      Title: 'فاکتور',
      Author: 'شرکت نمونه',
      Language: 'fa',
      CreationDate: 'D:20261122093000Z',
    });
  });

  it('gives the same bytes for the same content', async () => {
    const blocks: PrintableDocument['blocks'] = [
      { kind: 'facts', facts: [{ name: 'نام', value: 'سارا محمدی' }] },
      { kind: 'code', label: 'کد', code: 'ABCD-EFGH', url: 'https://portal.example/verify' },
    ];
    const hash = async () =>
      createHash('sha256')
        .update(await write('fa', 'رسید', blocks))
        .digest('hex');
    expect(await hash()).toBe(await hash());
  });

  it('repeats the heads of a table on each page, loses no row and numbers the pages', async () => {
    const rows = Array.from({ length: 120 }, (_, row) => [
      `row-${row}`,
      'A long description that needs two lines. '.repeat(3),
    ]);
    const pdf = await write('en', 'Invoice', [
      { kind: 'table', columns: [{ title: 'Item' }, { title: 'Description', share: 3 }], rows },
      { kind: 'totals', lines: [{ name: 'To pay', value: '€120.00', strong: true }] },
    ]);
    const { pages } = await read(pdf, 'en');
    expect(pages.length).toBeGreaterThan(3);
    for (const { lines } of pages.slice(0, -1)) expect(lines.some((line) => line === 'Item Description')).toBe(true);
    const seen = pages.flatMap(({ words }) => words.flatMap(({ text }) => /row-\d+/.exec(text)?.[0] ?? []));
    expect(seen).toEqual(rows.map(([name]) => name));
    expect(pages.at(-1)?.lines.at(-1)).toContain(`Page ${pages.length} of ${pages.length}`);
    // Nothing was written over the foot.
    for (const { words } of pages) expect(Math.min(...words.map(({ y }) => y))).toBeGreaterThan(20);
  });

  it('cuts a word that is wider than the page, and a cell that is longer than one', async () => {
    const endless = 'x'.repeat(400);
    const long = Array.from({ length: 200 }, (_, line) => `line-${line}`).join('\n');
    const pdf = await write('en', 'Long', [
      { kind: 'paragraph', text: endless },
      { kind: 'table', columns: [{ title: 'Cell' }], rows: [[long]] },
    ]);
    const { pages } = await read(pdf, 'en');
    const text = pages.flatMap(({ words }) => words.map((word) => word.text));
    expect(text.join('').match(/x/g)?.length).toBe(400);
    expect(text.filter((word) => word.startsWith('line-'))).toHaveLength(200);
    for (const { words } of pages) for (const { x } of words) expect(x).toBeLessThan(540);
  });

  it('leaves no override in a text, by which a name could read as another', async () => {
    const pdf = await write('en', 'Name', [{ kind: 'paragraph', text: 'abc\u202Edef' }]);
    const { pages } = await read(pdf, 'en');
    expect(pages[0]?.lines[1]).toBe('abcdef');
  });

  it('says sums, days and numbers in the words of the language', () => {
    const fa = documentWords('fa');
    expect(fa.money({ amount: 12_500_000, currency: 'IRR' })).toBe('۱٬۲۵۰٬۰۰۰ تومان');
    expect(fa.day('2026-11-22')).toBe('۱ آذر ۱۴۰۵');
    expect(fa.month('2026-11-22')).toBe('آذر ۱۴۰۵');
    expect(documentWords('cs').month('2026-11-22')).toBe('listopad 2026');
    expect(documentWords('en').money({ amount: 1050, currency: 'EUR' })).toBe('€10.50');
    expect(documentWords('cs').day('2026-11-22')).toBe('22. listopadu 2026');
  });
});
