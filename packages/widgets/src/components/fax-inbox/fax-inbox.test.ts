import '../../define/fax-inbox.ts';
import { CallweaveError, faxes } from '@callweave/sdk';
import type { Fax } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { fax, kala, reza, sara } from '../../testing/fixtures.ts';
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

describe('cw-fax-inbox', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('faxes.markRead', () => undefined);
  });
  afterEach(unmountAll);

  const box = async (...faxes: Fax[]) => {
    desk.values.faxes.set({ status: 'ready', value: faxes });
    return mount('cw-fax-inbox', desk);
  };
  const shown = (element: Element) =>
    [...(element.shadowRoot?.querySelectorAll('[data-fax]') ?? [])].map((row) => row.getAttribute('data-fax'));
  const press = async (element: Element, selector: string) => {
    inside(element, selector).click();
    await settled(element);
  };
  const until = async (condition: () => boolean, element: Element) => {
    for (let round = 0; !condition(); round += 1) {
      if (round > 400) throw new Error('It did not come.');
      await new Promise((resolve) => setTimeout(resolve, 10));
      await settled(element);
    }
  };
  const type = async (element: Element, selector: string, text: string) => {
    const input = inside<HTMLInputElement>(element, selector);
    input.value = text;
    input.dispatchEvent(new InputEvent('input'));
    await settled(element);
  };
  const key = async (element: Element, name: string) => {
    inside(element, '.paper').dispatchEvent(
      new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
    );
    await settled(element);
  };
  const pageShown = (element: Element) => inside(element, '[data-page]').textContent;

  it('lists who sent what, whose it is, and how it went', async () => {
    const element = await box(
      fax({ id: 'a', stationId: 'ACME' }),
      fax({ id: 'b', customer: null, candidates: [sara, reza], readAt: new Date().toISOString() }),
      fax({ id: 'c', from: '', state: 'failed', failure: 'broken-off', customer: null }),
      fax({ id: 'd', state: 'receiving', finishedAt: null }),
    );
    const rows = [...(element.shadowRoot?.querySelectorAll('[data-fax]') ?? [])].map((row) =>
      (row.textContent ?? '').replace(/\s+/g, ' '),
    );
    expect(rows[0]).to.include('calls itself ACME').and.to.include('New').and.to.include(sara.name);
    expect(rows[1]).to.include('2 customers have this number').and.to.include('Read');
    expect(rows[2]).to.include('Number withheld').and.to.include('Failed');
    expect(rows[3]).to.include('Coming in');
    expect(textOf(element)).to.include('2 new');
  });

  it('opens to the page, marks it as read, and tells who listens', async () => {
    const element = await box(fax());
    let opened: Fax | undefined;
    element.addEventListener('cw-fax-open', (event) => (opened = event.fax));
    await press(element, '[data-action="open"]');
    expect(opened?.id).to.equal('fax_1');
    expect(desk.given('faxes.markRead')).to.deep.equal([['fax_1']]);
    await until(() => !inside<HTMLImageElement>(element, '.paper img').hidden, element);
    expect(inside(element, '.paper img').getAttribute('alt')).to.equal('Page 1 of 2');
    await press(element, '[data-action="open"]');
    expect(element.shadowRoot?.querySelector('.paper')).to.equal(null);
    expect(opened).to.equal(undefined);
  });

  it('turns pages and changes the size by button and by key', async () => {
    const element = await box(fax());
    await press(element, '[data-action="open"]');
    expect(pageShown(element)).to.equal('Page 1 of 2');
    await key(element, 'PageDown');
    expect(pageShown(element)).to.equal('Page 2 of 2');
    expect(inside<HTMLButtonElement>(element, '[data-action="next"]').disabled).to.equal(true);
    await key(element, 'PageDown');
    expect(pageShown(element)).to.equal('Page 2 of 2');
    await press(element, '[data-action="previous"]');
    expect(pageShown(element)).to.equal('Page 1 of 2');
    const width = () => inside(element, '.paper img').getBoundingClientRect().width;
    await until(() => width() > 0, element);
    const before = width();
    await key(element, '+');
    await press(element, '[data-action="larger"]');
    expect(width() / before).to.be.closeTo(2, 0.1);
    await key(element, '0');
    expect(width()).to.be.closeTo(before, 1);
  });

  it('says when a page cannot be loaded, and tries again', async () => {
    let broken = true;
    const { pageUrl } = desk.use(faxes);
    Object.assign(desk.use(faxes), {
      pageUrl: (id: string, page: number) => (broken ? 'data:image/png,x' : pageUrl(id, page)),
    });
    const element = await box(fax());
    await press(element, '[data-action="open"]');
    await until(() => element.shadowRoot?.querySelector('.paper [role=alert]') !== null, element);
    broken = false;
    await press(element, '[data-action="again"]');
    await until(() => !inside<HTMLImageElement>(element, '.paper img').hidden, element);
    expect(element.shadowRoot?.querySelector('.paper [role=alert]')).to.equal(null);
  });

  it('is assigned: to one of those who share the number, to one found, and taken back', async () => {
    const element = await box(fax({ customer: null, candidates: [sara, reza] }));
    await press(element, '[data-action="open"]');
    await press(element, `[data-customer=${reza.id}]`);
    expect(desk.given('faxes.assign')).to.deep.equal([['fax_1', reza.id]]);
    desk.answer('customers.find', () => [kala]);
    await type(element, '#customer', 'فولاد');
    await until(() => element.shadowRoot?.querySelector(`[data-customer=${kala.id}]`) !== null, element);
    await press(element, `[data-customer=${kala.id}]`);
    expect(desk.given('faxes.assign')[1]).to.deep.equal(['fax_1', kala.id]);
    desk.values.faxes.set({ status: 'ready', value: [fax({ customer: kala })] });
    await settled(element);
    await press(element, '[data-action="take-back"]');
    expect(desk.given('faxes.assign')[2]).to.deep.equal(['fax_1', null]);
  });

  it('is deleted at once, and taken back by one press', async () => {
    const until = new Date(Date.now() + 86_400_000).toISOString();
    desk.answer('faxes.delete', () => fax({ deletedAt: new Date().toISOString(), binnedUntil: until }));
    desk.answer('faxes.restore', () => fax());
    const element = await box(fax());
    await press(element, '[data-action="open"]');
    await press(element, '[data-action="delete"]');
    expect(textOf(element)).to.include('The fax is in the bin until');
    await press(element, '[data-action="undo"]');
    expect(desk.given('faxes.restore')).to.deep.equal([['fax_1']]);
    expect(textOf(element)).to.include('The fax is back.');
  });

  it('keeps a note, and keeps what was typed when saving fails', async () => {
    const element = await box(fax());
    await press(element, '[data-action="open"]');
    inside<HTMLTextAreaElement>(element, '#note').value = 'to be signed';
    desk.fail('faxes.note', 'internal');
    await press(element, '[data-action="note"]');
    inside(element, '[role=alert]');
    expect(inside<HTMLTextAreaElement>(element, '#note').value).to.equal('to be signed');
    desk.answer('faxes.note', () => fax({ note: 'to be signed' }));
    await press(element, '[data-action="note"]');
    expect(desk.given('faxes.note')).to.deep.equal([
      ['fax_1', 'to be signed'],
      ['fax_1', 'to be signed'],
    ]);
    expect(textOf(element)).to.include('The note is saved.');
  });

  it('shows a PDF as a download, a failed fax with its reason, and no original where there is none', async () => {
    const element = await box(
      fax({ format: 'pdf', pages: 0, state: 'failed', failure: 'outcome-unknown', failureDetail: 'HANGUP' }),
    );
    await press(element, '[data-action="open"]');
    expect(textOf(element)).to.include('came as PDF').and.to.include('perhaps not all pages').and.to.include('HANGUP');
    expect([...(element.shadowRoot?.querySelectorAll('a') ?? [])].map((link) => link.textContent)).to.deep.equal([
      'Download PDF',
    ]);
  });

  it('is searched by number in any form and by name, and filtered to what is new', async () => {
    const element = await box(
      fax({ id: 'a' }),
      fax({ id: 'b', from: '+989120001122', customer: kala, readAt: new Date().toISOString() }),
    );
    await type(element, '.filters input', '۰۹۱۲ ۰۰۰ ۱۱۲۲');
    expect(shown(element)).to.deep.equal(['b']);
    await type(element, '.filters input', 'احمدي');
    expect(shown(element)).to.deep.equal(['a']);
    await type(element, '.filters input', 'nobody');
    expect(textOf(element)).to.include('No fax matches');
    await type(element, '.filters input', '');
    element.filter = 'unread';
    await settled(element);
    expect(shown(element)).to.deep.equal(['a']);
  });

  it('offers what is in the bin to be restored, and nothing else', async () => {
    const element = await box(fax({ deletedAt: new Date().toISOString(), binnedUntil: new Date().toISOString() }));
    element.filter = 'bin';
    await settled(element);
    await press(element, '[data-action="open"]');
    inside(element, '[data-action="restore"]');
    expect(element.shadowRoot?.querySelector('[data-action="delete"]')).to.equal(null);
    expect(desk.given('faxes.markRead')).to.deep.equal([]);
  });

  it('teaches when empty, has skeleton and error, and says what a failing server means', async () => {
    const element = await box();
    expect(textOf(element)).to.include('No fax yet');
    desk.values.faxes.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.values.faxes.set({ status: 'failed', error: new CallweaveError('internal', 'x') });
    await settled(element);
    inside(element, '[role=alert]');
    inside(element, '[data-action="retry"]');
  });

  it('keeps every action in sight on any width', async () => {
    const element = await box(fax(), fax({ id: 'fax_0', customer: null }));
    await press(element, '[data-action="open"]');
    await expectNothingCutOff(element);
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    const element = await box(fax({ customer: null, candidates: [sara, reza], damagedLines: 3 }), fax({ id: 'fax_0' }));
    await press(element, '[data-action="open"]');
    await until(() => !inside<HTMLImageElement>(element, '.paper img').hidden, element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
