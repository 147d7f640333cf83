import '../../define/instrument-picker.ts';
import type { Instrument } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { catalogue, famelli, foolad } from '../../testing/fixtures.ts';
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

const pause = () => new Promise((resolve) => setTimeout(resolve, 160));

describe('cw-instrument-picker', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  let chosen: (Instrument | undefined)[];

  beforeEach(() => {
    desk = createFakeDesk();
    chosen = [];
  });
  afterEach(unmountAll);

  const picker = async (options?: { lang?: string }) => {
    const element = await mount('cw-instrument-picker', desk, { section: 'securities' }, options);
    element.addEventListener('cw-instrument', ({ instrument }) => chosen.push(instrument));
    return element;
  };
  const type = async (element: Element, text: string) => {
    const input = inside<HTMLInputElement>(element, 'input');
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await pause();
    await settled(element);
  };
  const press = async (element: Element, key: string) => {
    inside(element, 'input').dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
    );
    await settled(element);
  };

  it('asks once for what is typed in one go, within its section', async () => {
    const element = await picker();
    const input = inside<HTMLInputElement>(element, 'input');
    for (const text of ['ف', 'فو', 'فول']) {
      input.value = text;
      input.dispatchEvent(new InputEvent('input'));
    }
    await pause();
    expect(
      desk.given('instruments.find').map(([query, options]) => [query, (options as { section: string }).section]),
    ).to.deep.equal([['فول', 'securities']]);
  });

  it('is worked by keys alone: arrows move, Enter chooses, Escape closes', async () => {
    const element = await picker();
    await type(element, 'ف');
    await press(element, 'ArrowDown');
    await press(element, 'Enter');
    expect(chosen).to.deep.equal([famelli]);
    expect(inside<HTMLInputElement>(element, 'input').value).to.equal(famelli.symbol);
    expect(textOf(element)).to.include(famelli.name);
    expect(inside(element, 'ul').hidden).to.equal(true);
    await type(element, 'فولا');
    expect(chosen).to.deep.equal([famelli, undefined]);
    await press(element, 'Escape');
    expect(inside(element, 'ul').hidden).to.equal(true);
  });

  it('chooses by pointer', async () => {
    const element = await picker();
    await type(element, 'ف');
    inside(element, '#match-0').dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
    await settled(element);
    expect(chosen).to.deep.equal([foolad]);
  });

  it('says what to do when nothing matches', async () => {
    desk.answer('instruments.find', () => []);
    const element = await picker();
    await type(element, 'qqq');
    expect(textOf(element)).to.include('Check the spelling');
    await press(element, 'Enter');
    expect(chosen).to.deep.equal([]);
  });

  it('a slow answer to an older text never replaces that of a newer one', async () => {
    const answers: ((found: readonly Instrument[]) => void)[] = [];
    desk.answer('instruments.find', () => new Promise((resolve) => answers.push(resolve)));
    const element = await picker();
    await type(element, 'ف');
    await type(element, 'فم');
    answers[1]?.([famelli]);
    answers[0]?.(catalogue);
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('li')).to.have.length(1);
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    const element = await picker();
    await type(element, 'ف');
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
