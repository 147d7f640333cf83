import '../../define/buyer-admin.ts';
import { expect } from 'chai';
import { fiveBuyers, nimaBuyer } from '../../testing/buyer-fixtures.ts';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import {
  button,
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  expectUnharmedByPageCss,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';
import type { CwBuyerAdmin } from './buyer-admin.ts';

describe('cw-buyer-admin', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('buyers.list', (filter: { query?: string }) => ({
      buyers: filter.query === undefined ? fiveBuyers : fiveBuyers.filter(({ name }) => name.includes(filter.query!)),
      next: null,
    }));
    desk.answer('audit.list', () => ({ entries: [], more: false }));
  });
  afterEach(unmountAll);

  const click = async (widget: CwBuyerAdmin, selector: string) => {
    inside<HTMLElement>(widget, selector).click();
    await settled(widget);
  };
  const write = (widget: CwBuyerAdmin, id: string, value: string) => {
    const field = inside<HTMLInputElement>(widget, `#${id}`);
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  };
  const ready = async () => {
    const widget = await mount('cw-buyer-admin', desk);
    await settled(widget);
    return widget;
  };

  it('lists buyers with the state of their accounts in words', async () => {
    const text = textOf(await ready());
    for (const part of [nimaBuyer.name, 'Active', 'No account', 'Invited · until', 'Locked · until', 'Switched off'])
      expect(text).to.include(part);
  });

  it('enters a new buyer once every field is there, and shows what the server refused at its field', async () => {
    const widget = await ready();
    await click(widget, '[data-action=create]');
    await click(widget, '[part=save]');
    expect(textOf(widget)).to.include('Fill this in.');
    expect(desk.given('buyers.create')).to.have.length(0);
    const { name, nationalCode, operator, telephone, address } = nimaBuyer;
    for (const [id, value] of Object.entries({ name, nationalCode, operator, telephone, ...address }))
      write(widget, id, value);
    await settled(widget);
    desk.fail('buyers.create', 'national-code-taken');
    await click(widget, '[part=save]');
    expect(inside(widget, '#nationalCode').getAttribute('aria-invalid')).to.equal('true');
    expect(inside<HTMLInputElement>(widget, '#name').value).to.equal(name);
    desk.answer('buyers.create', () => nimaBuyer);
    await click(widget, '[part=save]');
    const [first, again] = desk.given('buyers.create');
    expect(again?.[0]).to.deep.equal({ name, nationalCode, operator, telephone, address });
    // A second try of the same is the same attempt: no second buyer comes of a lost answer.
    const key = (given: readonly unknown[] | undefined) =>
      (given?.[1] as { idempotencyKey: string } | undefined)?.idempotencyKey;
    expect(key(again)).to.be.a('string').and.to.equal(key(first));
    expect(textOf(widget)).to.include('Saved.');
  });

  it('sends only what was corrected, with the reason', async () => {
    const widget = await ready();
    await click(widget, '.buyer');
    await click(widget, '[data-action=edit]');
    write(widget, 'city', 'Tehran');
    await settled(widget);
    write(widget, 'reason', 'moved');
    await settled(widget);
    desk.answer('buyers.update', () => nimaBuyer);
    await click(widget, '[part=save]');
    expect(desk.given('buyers.update')).to.deep.equal([
      [nimaBuyer.customerId, { address: { ...nimaBuyer.address, city: 'Tehran' }, reason: 'moved' }],
    ]);
  });

  it('resets after it has asked, and shows the one-time password once', async () => {
    const widget = await ready();
    desk.answer('buyers.invite', () => ({
      buyer: nimaBuyer,
      secret: 'k7wd-3mxp-9qrt-h2vn',
      expiresAt: '2026-11-25T10:00:00.000Z',
    }));
    await click(widget, '.buyer');
    await click(widget, '[data-action=reset]');
    expect(desk.given('buyers.invite')).to.have.length(0);
    await click(widget, '[data-action=sure]');
    expect(desk.given('buyers.invite')).to.deep.equal([[nimaBuyer.customerId, { byTextMessage: false }]]);
    expect(textOf(widget)).to.include('k7wd-3mxp-9qrt-h2vn');
    await expectAccessibleEverywhere(widget);
    button(widget, 'I have handed it over').click();
    await settled(widget);
    expect(textOf(widget)).not.to.include('k7wd-3mxp-9qrt-h2vn');
  });

  it('switches off after it has asked', async () => {
    const widget = await ready();
    const off = { ...nimaBuyer, account: { ...nimaBuyer.account!, state: 'off' as const } };
    desk.answer('buyers.setAccount', () => off);
    await click(widget, '.buyer');
    await click(widget, '[data-action=off]');
    await click(widget, '[data-action=sure]');
    expect(desk.given('buyers.setAccount')).to.deep.equal([[nimaBuyer.customerId, { active: false }]]);
    expect(textOf(widget)).to.include('Switched off').and.include('Switch on');
  });

  it('offers no invitation where the host signs people in', async () => {
    desk.answer('buyers.list', () => ({
      buyers: [{ ...nimaBuyer, account: null, invitable: false, keptByHost: true }],
      next: null,
    }));
    const widget = await ready();
    await click(widget, '.buyer');
    expect(textOf(widget)).to.include('Your own site signs buyers in.');
    expect(widget.shadowRoot!.querySelector('[data-action=invite]') === null).to.equal(true);
  });

  it('is accessible, unharmed by page CSS, and without inline styles', async () => {
    const widget = await mount('cw-buyer-admin', desk, {}, { width: 480 });
    await settled(widget);
    await expectAccessibleEverywhere(widget);
    expectNoInlineStyles(widget);
    await expectUnharmedByPageCss(widget);
  });
});
