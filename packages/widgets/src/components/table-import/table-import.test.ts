import '../../define/table-import.ts';
import type { Import } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { importOf } from '../../testing/device-fixtures.ts';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import {
  button,
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';
import { expectNothingCutOff } from '../../testing/narrow.ts';

describe('cw-table-import', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
  });
  afterEach(unmountAll);

  const choose = async (given: Import, text: string | Uint8Array<ArrayBuffer> = 'a,b\n1,2') => {
    desk.answer('imports.upload', () => given);
    desk.values.import.set(given);
    const element = await mount('cw-table-import', desk);
    const files = new DataTransfer();
    files.items.add(new File([text], 'devices.csv', { type: 'text/csv' }));
    const input = inside<HTMLInputElement>(element, 'input[type=file]');
    input.files = files.files;
    const before = desk.given('imports.upload').length;
    input.dispatchEvent(new Event('change'));
    // The browser reads the file in its own time.
    const isRead = () =>
      desk.given('imports.upload').length > before || element.shadowRoot?.querySelector('[role=alert]') !== null;
    for (let round = 0; round < 500 && !isRead(); round++) await new Promise((done) => setTimeout(done, 10));
    await settled(element);
    return element;
  };
  const become = async (element: Element, changes: Partial<Import>) => {
    desk.values.import.set(importOf(changes));
    await settled(element);
  };

  it('checks, shows how far it is, and writes when a person says so', async () => {
    const element = await choose(importOf({ state: 'checking', checked: 0, preview: [] }));
    expect(desk.given('imports.upload')).to.deep.equal([['devices', 'a,b\n1,2', 'devices.csv']]);
    await become(element, { state: 'checking', checked: 500, preview: [] });
    expect(textOf(element)).to.include('500 of 1,200 rows checked');
    expect(inside<HTMLProgressElement>(element, 'progress').value).to.equal(500);
    await become(element, {});
    expect(textOf(element)).to.include('Nothing has been written yet');
    expect(textOf(element)).to.include('SN-1');
    button(element, 'Write 1,200 rows').click();
    await settled(element);
    expect(desk.given('imports.confirm')).to.deep.equal([['import_1']]);
    await become(element, { state: 'applied', applied: 1200, preview: [] });
    expect(textOf(element)).to.include('1,200 rows were written');
    button(element, 'Import another file').click();
    await settled(element);
    inside(element, 'input[type=file]');
  });

  it('tells every fault by its line, and cannot be confirmed', async () => {
    const faults = [
      { line: 3, column: 'serial', code: 'taken', message: '' },
      { line: 9, column: null, code: 'missing', message: '' },
    ] as const;
    const element = await choose(importOf({ state: 'faulty', faults: [...faults], faultCount: 2 }));
    expect(textOf(element)).to.include('2 faults. Nothing was written');
    expect(inside(element, '[data-line="3"]').textContent).to.include('Is there already');
    expect(inside(element, '[data-line="9"]').textContent).to.include('whole line');
    expect(element.shadowRoot?.querySelector('[data-action=confirm]') === null).to.equal(true);
  });

  it('is taken back, and says when a file is no text or the server refuses', async () => {
    const element = await choose(importOf());
    button(element, 'Take back').click();
    await settled(element);
    expect(desk.given('imports.abort')).to.deep.equal([['import_1']]);
    unmountAll();
    const other = await choose(importOf(), new Uint8Array([0xc3, 0x28, 0xff]));
    expect(textOf(other)).to.include('This file is no text');
    expect(desk.given('imports.upload')).to.have.length(1);
  });

  it('is accessible, fits any width and needs no inline style, ready and faulty', async () => {
    const element = await choose(importOf());
    await expectNothingCutOff(element);
    await expectAccessibleEverywhere(element);
    await become(element, {
      state: 'faulty',
      faults: [{ line: 3, column: 'serial', code: 'taken', message: '' }],
      faultCount: 1,
    });
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
  });
});
