import '../../define/ownership-transfer.ts';
import { expect } from 'chai';
import { device } from '../../testing/device-fixtures.ts';
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
import { type TransferDesk, transfer, transferDesk } from '../../testing/transfer-of-ownership-fixtures.ts';

describe('cw-ownership-transfer', () => {
  let desk: TransferDesk;
  beforeEach(() => {
    desk = transferDesk((made) => {
      made.own.set({ status: 'ready', value: [transfer()] });
      made.values.devices.set({
        status: 'ready',
        value: [device({ id: 'device_free' }), device({ id: 'device_given' })],
      });
    });
  });
  afterEach(unmountAll);

  const shown = (lang = 'en') => mount('cw-ownership-transfer', desk, {}, { lang });
  const click = async (element: Element, selector: string) => {
    inside(element, selector).click();
    await settled(element);
  };
  const type = (element: Element, selector: string, value: string) => {
    const field = inside<HTMLInputElement>(element, selector);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };

  it('names a new owner of a device that is in no transfer, and checks the national code first', async () => {
    const element = await shown('fa');
    const options = [...inside(element, '#device').querySelectorAll('option')].map(({ value }) => value);
    expect(options).to.deep.equal(['', 'device_free']);
    type(element, '#device', 'device_free');
    type(element, '#name', 'Nima');
    type(element, '#national-code', '0790419905');
    type(element, '#telephone', '09123450009');
    await click(element, '[data-action="start"]');
    expect(inside(element, '#code-error').textContent).to.contain('کد ملی را بررسی کنید');
    expect(desk.given('transfers.start')).to.have.length(0);
    type(element, '#national-code', '0790419904');
    await click(element, '[data-action="start"]');
    expect(desk.given('transfers.start')).to.deep.equal([
      [
        {
          deviceId: 'device_free',
          newOwner: { name: 'Nima', nationalCode: '0790419904', telephone: '09123450009', locale: 'fa' },
        },
      ],
    ]);
  });

  it('confirms the text that is shown by the code that was sent', async () => {
    const element = await shown('cs');
    expect(inside(element, '.text').textContent).to.equal(transfer().wordings.cs.text);
    await click(element, '[data-action="send"]');
    type(element, '#code-transfer_1', '123456');
    await settled(element);
    await click(element, '[data-action="consent"]');
    expect(desk.given('transfers.confirm')).to.deep.equal([[transfer(), { locale: 'cs', code: '123456' }]]);
    expect(inside(element, '[role="status"]').textContent).to.contain('Potvrzeno');
  });

  it('says what was wrong with a code, and takes it out of the field', async () => {
    desk.fail('transfers.confirm', 'one-time-code-wrong');
    const element = await shown();
    await click(element, '[data-action="send"]');
    type(element, '#code-transfer_1', '000000');
    await settled(element);
    await click(element, '[data-action="consent"]');
    expect(inside(element, '[role="alert"].message').textContent).to.contain('The code is wrong');
    expect(inside<HTMLInputElement>(element, '#code-transfer_1').value).to.equal('');
  });

  it('withdraws after it was asked once', async () => {
    const element = await shown();
    await click(element, '[data-action="ask"]');
    expect(desk.given('transfers.withdraw')).to.have.length(0);
    await click(element, '[data-action="withdraw"]');
    expect(desk.given('transfers.withdraw')).to.deep.equal([['transfer_1']]);
  });

  it('shows how one ended and why, with nothing left to do', async () => {
    const decided = { at: '2026-11-24T09:00:00.000Z', by: 'Hamid', reason: 'Another serial number' };
    desk.own.set({ status: 'ready', value: [transfer({ state: 'rejected', decided })] });
    const element = await shown();
    expect(textOf(element)).to.contain('Reason: Another serial number');
    expect(element.shadowRoot?.querySelector('[data-action="ask"]')).to.equal(null);
  });

  it('is accessible in both directions and schemes, in every state', async () => {
    for (const lang of ['en', 'fa']) {
      const element = await shown(lang);
      await expectAccessibleEverywhere(element);
      await click(element, '[data-action="send"]');
      await click(element, '[data-action="ask"]');
      await expectAccessibleEverywhere(element);
    }
  });

  it('stands against the CSS of a page and a strict policy', async () => {
    await expectUnharmedByPageCss(await shown());
    expectNoInlineStyles(await shown());
  });
});
