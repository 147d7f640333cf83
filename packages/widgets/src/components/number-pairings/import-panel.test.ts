import '../../define/number-pairings.ts';
import type { ImportReport } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import {
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  expectUnharmedByPageCss,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';
import { expectNothingCutOff } from '../../testing/narrow.ts';
import { readCsvFile, writeCsv } from './csv-text.ts';
import { readNumbersToCall } from './numbers-to-call.ts';

const CSV = 'project,fictitious_number,real_number,name\nBanky,420234234501,420601112233,Petr\n';
const report = (changes: Partial<ImportReport> = {}): ImportReport => ({
  rows: 3,
  applied: false,
  created: 2,
  changed: 1,
  unchanged: 0,
  newFieldCallers: 1,
  newFictitiousNumbers: 0,
  problems: [],
  ...changes,
});
const problems: ImportReport['problems'] = [
  { line: 2, column: 'real_number', code: 'not-a-number', message: 'x' },
  { line: 5, column: null, code: 'twice', message: 'x' },
];

describe('cw-number-import', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
  });
  afterEach(unmountAll);

  const paste = async (element: Element, text: string) => {
    const field = inside<HTMLTextAreaElement>(element, '#csv');
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(element);
    inside<HTMLFormElement>(element, 'form').requestSubmit();
    await settled(element);
  };
  const choose = async (element: Element, ...parts: BlobPart[]) => {
    const input = inside<HTMLInputElement>(element, '#file');
    const files = new DataTransfer();
    files.items.add(new File(parts, 'pairings.csv'));
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await settled(element);
  };

  it('checks pasted lines first, tells what they would do, and writes them only then', async () => {
    desk.answer('virtualNumbers.importCsv', (_csv: never, options?: { dryRun?: boolean }) =>
      report({ applied: options?.dryRun !== true }),
    );
    const element = await mount('cw-number-import', desk);
    await paste(element, CSV);
    expect(desk.given('virtualNumbers.importCsv')).to.deep.equal([[CSV, { dryRun: true }]]);
    expect(textOf(element)).to.include('2 new, 1 changed, 0 as before. New field callers: 1.');
    inside(element, '[data-action="apply"]').click();
    await settled(element);
    expect(desk.given('virtualNumbers.importCsv')[1]).to.deep.equal([CSV]);
    expect(textOf(element)).to.include('Imported: 2 new');
    inside(element, '[data-action="again"]').click();
    await settled(element);
    expect(inside<HTMLTextAreaElement>(element, '#csv').value).to.equal('');
  });

  it('shows that it writes', async () => {
    let finish = () => {};
    desk.answer('virtualNumbers.importCsv', (_csv: never, options?: { dryRun?: boolean }) =>
      options?.dryRun ? report() : new Promise((resolve) => (finish = () => resolve(report({ applied: true })))),
    );
    const element = await mount('cw-number-import', desk);
    await paste(element, CSV);
    inside(element, '[data-action="apply"]').click();
    await settled(element);
    inside(element, 'progress');
    expect(textOf(element)).to.include('3 rows are being written');
    finish();
    await settled(element);
    expect(textOf(element)).to.include('Imported');
  });

  it('tells of every problem its line, column, and what to do; offers the report, and no import', async () => {
    desk.answer('virtualNumbers.importCsv', () => report({ problems }));
    const element = await mount('cw-number-import', desk);
    await choose(element, CSV);
    expect(inside(element, '[data-line="2"]').textContent).to.match(
      /real_number\s*No telephone number\s*Write it with \+/,
    );
    expect(inside(element, '[data-line="5"]').textContent).to.include('whole line');
    expect(element.shadowRoot?.querySelector('[data-action="apply"]') === null).to.equal(true);
    inside(element, '[data-action="save-report"]');
  });

  it('takes no file that would turn letters into others, and nothing too large or empty', async () => {
    const element = await mount('cw-number-import', desk);
    await choose(element, new Uint8Array([0x50, 0xe8, 0x0a]));
    expect(textOf(element)).to.include('CSV UTF-8');
    await paste(element, ' ');
    expect(textOf(element)).to.include('Choose a file or paste');
    await paste(element, 'x'.repeat(1_000_001));
    expect(textOf(element)).to.include('more than a million');
    expect(desk.given('virtualNumbers.importCsv')).to.deep.equal([]);
  });

  it('keeps what was pasted when the server cannot be asked', async () => {
    desk.fail('virtualNumbers.importCsv', 'network');
    const element = await mount('cw-number-import', desk);
    await paste(element, CSV);
    inside(element, '.message.danger');
    expect(inside<HTMLTextAreaElement>(element, '#csv').value).to.equal(CSV);
  });

  it('reads UTF-16 as Excel writes it, and writes cells that are no formulas', async () => {
    const text = 'project\nPrůzkum\n';
    const units = new Uint16Array([0xfeff, ...[...text].map((letter) => letter.charCodeAt(0))]);
    expect(await readCsvFile(new Blob([units]))).to.equal(text);
    expect(await writeCsv([['=1+1', 'a"b']]).text()).to.equal('"\'=1+1","a""b"\r\n');
  });

  it('reads numbers to call from lines and pasted tables', () => {
    expect(readNumbersToCall('A, s.r.o.; +420222333444\n\nB\t+420541234567', undefined)).to.deep.equal({
      numbers: [
        { label: 'A, s.r.o.', number: '+420222333444' },
        { label: 'B', number: '+420541234567' },
      ],
    });
    expect(readNumbersToCall('شعبه؛ ۰۲۱۸۱۰۲۱۳۸۰', undefined)).to.deep.equal({
      numbers: [{ label: 'شعبه', number: '+982181021380' }],
    });
    expect(readNumbersToCall('A; 1', undefined)).to.deep.equal({ wrong: 1 });
  });

  it('is accessible, fits any width, keeps its looks, and needs no inline style', async () => {
    desk.answer('virtualNumbers.importCsv', () => report({ problems }));
    const element = await mount('cw-number-import', desk);
    await paste(element, CSV);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectNothingCutOff(element);
    await expectUnharmedByPageCss(element);
  });
});
