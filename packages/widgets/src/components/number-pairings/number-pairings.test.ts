import '../../define/number-pairings.ts';
import { virtualNumbers } from '@callweave/sdk';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { manager, session } from '../../testing/fixtures.ts';
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
import {
  attempt,
  banks,
  fictitious,
  fieldCaller,
  manyPairings,
  pairing,
  petr,
  survey,
} from '../../testing/number-fixtures.ts';

describe('cw-number-pairings', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.session.set({ status: 'signed-in', session: session(manager) });
    desk.values.projects.set({ status: 'ready', value: [survey, banks] });
    desk.values.numbers.set({
      status: 'ready',
      value: [fictitious(), fictitious({ id: 'num_3', number: '+420234234503', project: null, pairings: 0 })],
    });
    desk.values.fieldCallers.set({
      status: 'ready',
      value: [fieldCaller(), fieldCaller({ id: 'fc_old', name: 'Jana Malá', number: '+420777000111', active: false })],
    });
    desk.values.pairings.set({ status: 'ready', value: [pairing(), pairing({ id: 'pair_2', expiresOn: null })] });
    desk.answer('virtualNumbers.refusedAttempts', () => [attempt(), attempt({ id: 'att_2', caller: '' })]);
    desk.answer('accounts.list', () => [manager, petr]);
  });
  afterEach(unmountAll);

  const press = async (element: Element, selector: string) => {
    inside(element, selector).click();
    await settled(element);
  };
  const fill = (element: Element, values: Record<string, string>) => {
    for (const [selector, value] of Object.entries(values)) {
      const field = inside<HTMLInputElement>(element, selector);
      field.value = value;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
  };
  const submit = async (element: Element) => {
    inside<HTMLFormElement>(element, 'form').requestSubmit();
    await settled(element);
  };

  it('has tabs for mouse and arrow keys, and keeps the lists open while it is on the page', async () => {
    let open = 0;
    Object.assign(desk.use(virtualNumbers), {
      open: () => {
        open++;
        return () => {
          open--;
        };
      },
    });
    const element = await mount('cw-number-pairings', desk);
    expect(open).to.equal(1);
    inside(element, 'cw-number-projects');
    inside(element, '#tab-projects').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    await settled(element);
    inside(element, 'cw-number-stock');
    expect(element.shadowRoot?.activeElement?.id).to.equal('tab-numbers');
    for (const [tab, panel] of [
      ['callers', 'cw-number-callers'],
      ['pairings', 'cw-number-pairing-list'],
      ['attempts', 'cw-number-attempts'],
    ] as const) {
      await press(element, `#tab-${tab}`);
      inside(element, panel);
    }
    element.remove();
    expect(open).to.equal(0);
  });

  it('creates a project with its info column, numbers to call and what may be dialled', async () => {
    const element = await mount('cw-number-projects', desk);
    await press(element, '[data-action="create"]');
    fill(element, {
      '#name': 'Banky',
      '#info': 'Zeptejte se na účet.',
      '#numbering': 'CZ',
      '#countries': '+420, 421',
      '#to-call': 'Praha; 222 333 444\nBrno\tnic',
    });
    await submit(element);
    expect(inside(element, '#to-call-error').textContent).to.include('Line 2');
    fill(element, { '#to-call': 'Praha; 222 333 444\nBrno\t541234567' });
    inside(element, '[name="only"]').click();
    await submit(element);
    expect(desk.given('virtualNumbers.createProject')).to.deep.equal([
      [
        {
          name: 'Banky',
          info: 'Zeptejte se na účet.',
          numbersToCall: [
            { label: 'Praha', number: '+420222333444' },
            { label: 'Brno', number: '+420541234567' },
          ],
          numbering: 'CZ',
          dialPolicy: { countries: ['420', '421'], allowed: ['+420222333444', '+420541234567'] },
          endsOn: null,
        },
      ],
    ]);
    expect(inside(element, '[role=status]').textContent).to.include('is saved');
  });

  it('edits a project, keeps what was typed when it is refused, and ends it only after asking', async () => {
    const element = await mount('cw-number-projects', desk);
    await press(element, `[data-id="${survey.id}"] [data-action="edit"]`);
    expect(inside<HTMLTextAreaElement>(element, '#to-call').value).to.include('Autosalon Praha; +420222333444');
    fill(element, { '#name': banks.name });
    desk.fail('virtualNumbers.updateProject', 'project-name-taken');
    await submit(element);
    expect(inside(element, '[role=alert]').textContent).to.include('Another project has this name');
    expect(inside<HTMLInputElement>(element, '#name').value).to.equal(banks.name);
    await press(element, `[data-id="${survey.id}"] [data-action="end"]`);
    expect(element.shadowRoot?.activeElement?.getAttribute('data-action')).to.equal('keep');
    expect(desk.given('virtualNumbers.endProject')).to.deep.equal([]);
    await press(element, '[data-action="confirm"]');
    expect(desk.given('virtualNumbers.endProject')).to.deep.equal([[survey.id]]);
  });

  it('keeps what a list of allowed numbers has besides the numbers to call', async () => {
    const allowed = ['+420222333444', '+420541234567', '+4202349*'];
    desk.values.projects.set({
      status: 'ready',
      value: [{ ...survey, dialPolicy: { ...survey.dialPolicy, allowed } }],
    });
    const element = await mount('cw-number-projects', desk);
    await press(element, '[data-action="edit"]');
    fill(element, { '#to-call': 'Praha; +420 222 333 555' });
    await submit(element);
    const [input] = desk.given('virtualNumbers.updateProject')[0] as [{ dialPolicy: unknown }];
    expect(input.dialPolicy).to.deep.equal({
      premium: survey.dialPolicy.premium,
      countries: survey.dialPolicy.countries,
      allowed: ['+4202349*', '+420222333555'],
    });
  });

  it('adds, assigns and removes fictitious numbers; a paired one stays where it is', async () => {
    const element = await mount('cw-number-stock', desk);
    fill(element, { '#number': 'abc' });
    await submit(element);
    expect(inside(element, '#number-error').textContent).to.include('not a telephone number');
    fill(element, { '#number': '234 234 504', '#project': survey.id });
    await submit(element);
    expect(desk.given('virtualNumbers.addNumber')).to.deep.equal([['+420234234504', survey.id]]);
    expect(element.shadowRoot?.querySelector('[data-id="num_1"] :is(select, button)') === null).to.equal(true);
    fill(element, { '[data-id="num_3"] select': banks.id });
    await settled(element);
    expect(desk.given('virtualNumbers.assignNumber')).to.deep.equal([['num_3', banks.id]]);
    await press(element, '[data-id="num_3"] [data-action="end"]');
    await press(element, '[data-action="confirm"]');
    expect(desk.given('virtualNumbers.removeNumber')).to.deep.equal([['num_3']]);
  });

  it('adds and changes field callers, with an account of that role alone, and switches them off and on', async () => {
    const element = await mount('cw-number-callers', desk);
    await settled(element);
    await press(element, '[data-action="create"]');
    expect([...inside<HTMLSelectElement>(element, '#account').options].map(({ value }) => value)).to.deep.equal([
      '',
      petr.id,
    ]);
    fill(element, { '#name': 'Eva', '#number': '۷۷۷ ۱۱۱ ۲۲۲', '#account': petr.id, '#locale': 'cs' });
    await submit(element);
    expect(desk.given('virtualNumbers.createFieldCaller')).to.deep.equal([
      [{ name: 'Eva', number: '+420777111222', accountId: petr.id, locale: 'cs' }],
    ]);
    await press(element, '[data-id="fc_petr"] [data-action="end"]');
    await press(element, '[data-action="confirm"]');
    await press(element, '[data-id="fc_old"] [data-action="on"]');
    expect(desk.given('virtualNumbers.updateFieldCaller')).to.deep.equal([
      [{ fieldCallerId: 'fc_petr', active: false }],
      [{ fieldCallerId: 'fc_old', active: true }],
    ]);
  });

  it('pairs, moves the last day, and ends a pairing', async () => {
    const element = await mount('cw-number-pairing-list', desk);
    await press(element, '[data-action="create"]');
    expect([...inside<HTMLSelectElement>(element, '#number').options].map(({ value }) => value)).to.deep.equal([
      '',
      'num_1',
    ]);
    fill(element, { '#number': 'num_1', '#caller': 'fc_petr' });
    desk.fail('virtualNumbers.pair', 'already-paired');
    await submit(element);
    expect(inside(element, '[role=alert]').textContent).to.include('already');
    expect(desk.given('virtualNumbers.pair')).to.deep.equal([['num_1', 'fc_petr']]);
    await press(element, '[data-id="pair_1"] [data-action="prolong"]');
    const day = inside(element, 'cw-day-field');
    await settled(day);
    fill(day, { '#day': '15', '#month': '3', '#year': '2027' });
    await submit(element);
    expect(desk.given('virtualNumbers.prolong')).to.deep.equal([['pair_1', '2027-03-15']]);
    await press(element, '[data-id="pair_1"] [data-action="end"]');
    await press(element, '[data-action="keep"]');
    await press(element, '[data-id="pair_1"] [data-action="end"]');
    await press(element, '[data-action="confirm"]');
    expect(desk.given('virtualNumbers.endPairing')).to.deep.equal([['pair_1']]);
  });

  it('shows the import when it is asked for, and offers what there is as CSV', async () => {
    const element = await mount('cw-number-pairing-list', desk);
    await press(element, '[data-action="import"]');
    await settled(element);
    expect(textOf(inside(element, 'cw-number-import'))).to.include('Import pairings');
    expect(inside(element, '[data-action="export"]').getAttribute('href')).to.equal('data:text/csv,project');
  });

  it('of 5,000 pairings draws those seen, and finds one by name or number in any form', async () => {
    desk.values.pairings.set({ status: 'ready', value: manyPairings(5000) });
    const element = await mount('cw-number-pairing-list', desk);
    const lines = () => element.shadowRoot?.querySelectorAll('.line') ?? [];
    expect(lines().length).to.be.within(5, 60);
    const rows = inside(element, '.rows');
    rows.scrollTop = rows.scrollHeight;
    rows.dispatchEvent(new Event('scroll'));
    await settled(element);
    expect(lines().length).to.be.within(5, 60);
    expect([...lines()].at(-1)?.getAttribute('data-id')).to.equal('pair_4999');
    for (const [search, id] of [
      ['tazatel 4321', 'pair_4321'],
      ['۶۰۱ ۱۱۴ ۳۲۱', 'pair_4321'],
      ['0601114321', 'pair_4321'],
    ] as const) {
      fill(element, { '[type="search"]': search });
      await settled(element);
      expect(
        [...lines()].map((line) => line.getAttribute('data-id')),
        search,
      ).to.include(id);
      expect(lines().length, search).to.be.lessThan(3);
    }
    fill(element, { '[type="search"]': 'nobody' });
    await settled(element);
    expect(textOf(element)).to.include('Nothing matches');
  });

  it('tells who called in vain and why', async () => {
    const element = await mount('cw-number-attempts', desk);
    await settled(element);
    for (const words of ['+420 777 888 999', 'No fictitious number is paired', 'Number withheld'])
      expect(textOf(element)).to.include(words);
  });

  it('teaches when a list is empty, and has skeleton and error', async () => {
    for (const [tag, value, words] of [
      ['cw-number-projects', 'projects', 'No project yet'],
      ['cw-number-stock', 'numbers', 'No fictitious number yet'],
      ['cw-number-callers', 'fieldCallers', 'No field caller yet'],
      ['cw-number-pairing-list', 'pairings', 'No pairing yet'],
    ] as const) {
      desk.values[value].set({ status: 'ready', value: [] });
      const element = await mount(tag, desk);
      expect(textOf(element)).to.include(words);
      desk.values[value].set({ status: 'loading' });
      await settled(element);
      expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
      desk.values[value].set({ status: 'failed', error: new Error('x') });
      await settled(element);
      inside(element, '[role=alert]');
    }
  });

  it('in Persian: its words, digits and Jalali days', async () => {
    const element = await mount('cw-number-pairing-list', desk, {}, { lang: 'fa' });
    for (const words of ['جفت کردن', '۱۴۰۵', '+۴۲۰ ۶۰۱ ۱۱۲ ۲۳۳', 'بدون پایان'])
      expect(textOf(element)).to.include(words);
  });

  for (const tag of [
    'cw-number-projects',
    'cw-number-stock',
    'cw-number-callers',
    'cw-number-pairing-list',
    'cw-number-attempts',
  ] as const)
    it(`${tag} is accessible, fits any width, and needs no inline style but its spacers' height`, async () => {
      const element = await mount(tag, desk);
      await settled(element);
      element.shadowRoot?.querySelector<HTMLElement>('[data-action="create"]')?.click();
      await settled(element);
      element.shadowRoot?.querySelector<HTMLElement>('[data-action="end"]')?.click();
      await settled(element);
      await expectAccessibleEverywhere(element);
      for (const spacer of element.shadowRoot?.querySelectorAll('.before, .after') ?? [])
        spacer.removeAttribute('style');
      expectNoInlineStyles(element);
      await expectNothingCutOff(element);
      await expectUnharmedByPageCss(element);
    });
});
