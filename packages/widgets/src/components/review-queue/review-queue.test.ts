import '../../define/review-queue.ts';
import { expect } from 'chai';
import { override } from '../../testing/billing-fixtures.ts';
import {
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';
import { acceptedTransfer, type TransferDesk, transferDesk } from '../../testing/transfer-of-ownership-fixtures.ts';

describe('cw-review-queue', () => {
  let desk: TransferDesk;
  beforeEach(() => {
    desk = transferDesk((made) => {
      made.toReview.set({ status: 'ready', value: [acceptedTransfer()] });
      made.overrides.set({ status: 'ready', value: [override(), override({ id: 'ovr_0', state: 'granted' })] });
    });
  });
  afterEach(unmountAll);

  const shown = (lang = 'en') => mount('cw-review-queue', desk, {}, { lang });
  const click = async (element: Element, selector: string) => {
    inside(element, selector).click();
    await settled(element);
  };
  const fill = (element: Element, name: string, value: string) => {
    inside<HTMLInputElement>(element, `[name="${name}"]`).value = value;
  };

  it('shows both consents, and approves with what the house keeps of a new buyer', async () => {
    const element = await shown();
    expect(element.shadowRoot?.querySelectorAll('details').length).to.equal(2);
    expect(textOf(element)).to.contain('from 203.0.113.7');
    await click(element, '[data-action="approve"]');
    await click(element, '[data-action="sure"]');
    expect(desk.given('transfers.approve')).to.have.length(0);
    const address = { city: 'Shiraz', street: 'Zand', building: '7' };
    for (const [name, value] of Object.entries({ operator: 'Nima', ...address })) fill(element, name, value);
    await click(element, '[data-action="sure"]');
    expect(desk.given('transfers.approve')).to.deep.equal([[acceptedTransfer(), { operator: 'Nima', address }]]);
    expect(inside(element, '[role="status"]').textContent).to.contain('Approved');
  });

  it('does not approve while a debt has to be paid, and warns of another telephone', async () => {
    desk.toReview.set({
      status: 'ready',
      value: [
        acceptedTransfer({
          debt: { amount: 2_000_000, currency: 'IRR' },
          debtBlocks: true,
          openTickets: 2,
          known: { customerId: 'c', name: 'Omid', sameTelephone: false },
        }),
      ],
    });
    const element = await shown();
    expect(inside<HTMLButtonElement>(element, '[data-action="approve"]').disabled).to.equal(true);
    for (const words of ['200,000 toman', 'has to be paid', 'with another telephone', '2 open tickets'])
      expect(textOf(element)).to.contain(words);
    await expectAccessibleEverywhere(element);
  });

  it('rejects with a reason, and says why it could not', async () => {
    desk.fail('transfers.reject', 'transfer-state');
    const element = await shown();
    await click(element, '[data-action="reject"]');
    fill(element, 'reason', 'Another serial number');
    await click(element, '[data-action="sure"]');
    expect(desk.given('transfers.reject')).to.deep.equal([[acceptedTransfer(), 'Another serial number']]);
    expect(inside(element, '[role="alert"]').textContent).to.contain('no longer in a state');
  });

  it('grants what is asked for above the ceiling for some days, or declines it with a reason', async () => {
    const element = await shown();
    expect(element.shadowRoot?.querySelectorAll('[part="override"]').length).to.equal(1);
    await click(element, '[data-action="grant"]');
    fill(element, 'days', '3');
    await click(element, '[data-action="sure"]');
    const [id, until] = desk.given('billing.grantOverride')[0] as [string, Date];
    expect(id).to.equal('ovr_1');
    expect(Math.round((until.getTime() - Date.now()) / 86_400_000)).to.equal(3);
    await click(element, '[data-action="decline"]');
    fill(element, 'reason', 'Paid late twice');
    await click(element, '[data-action="sure"]');
    expect(desk.given('billing.declineOverride')).to.deep.equal([['ovr_1', 'Paid late twice']]);
  });

  it('lets a supervisor look at transfers and decide on none', async () => {
    const session = desk.values.session.get();
    if (session.status === 'signed-in')
      desk.values.session.set({
        ...session,
        session: { ...session.session, account: { ...session.session.account, roles: ['supervisor'] } },
      });
    const element = await shown();
    expect(textOf(element)).to.contain('A manager decides');
    expect(element.shadowRoot?.querySelector('[data-action="approve"]')).to.equal(null);
  });

  it('is accessible in both directions and schemes, and stands a strict policy', async () => {
    for (const lang of ['en', 'fa']) {
      const element = await shown(lang);
      await click(element, '[data-action="approve"]');
      await expectAccessibleEverywhere(element);
      expectNoInlineStyles(element);
    }
  });
});
