import '../../define/notifications.ts';
import type { Notification } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import {
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';
import { consents, legalNotice, notification } from '../../testing/notification-fixtures.ts';

describe('cw-notifications', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('notifications.consents', () => consents());
  });
  afterEach(unmountAll);

  const show = async (...given: Notification[]) => {
    desk.values.notifications.set({ status: 'ready', value: given });
    const element = await mount('cw-notifications', desk);
    inside(element, '#bell').click();
    await settled(element);
    return element;
  };
  const open = async (element: Element, selector: string) => {
    inside<HTMLDetailsElement>(element, selector).open = true;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await settled(element);
  };

  it('the bell counts what is unread or waits for acknowledgement, live, and takes no focus', async () => {
    desk.values.notifications.set({ status: 'ready', value: [notification({ state: 'read' })] });
    const element = await mount('cw-notifications', desk);
    expect(inside(element, '#bell').ariaLabel).to.equal('Notifications, 0 unread');
    desk.values.notifications.set({ status: 'ready', value: [legalNotice({ state: 'read' }), notification()] });
    await settled(element);
    expect(inside(element, '#bell').ariaLabel).to.equal('Notifications, 2 unread');
    expect(inside(element, '[role=status]').textContent).to.include('2 unread');
    expect(document.activeElement === element).to.equal(false);
  });

  it('opening one reads it, once; markup stays text, and an address becomes a link', async () => {
    const unread = notification();
    const element = await show(unread);
    await open(element, '[data-notification]');
    expect(desk.given('notifications.read')).to.deep.equal([[unread.id]]);
    expect(textOf(element)).to.include('It is <b>safe</b>');
    const link = inside<HTMLAnchorElement>(element, '.content a');
    expect([link.href, link.rel, link.target]).to.deep.equal([
      'https://vendor.example/v5',
      'noopener noreferrer',
      '_blank',
    ]);
  });

  it('a legal one is acknowledged by its button; a failure is said in words', async () => {
    const legal = legalNotice({ state: 'read' });
    const element = await show(legal);
    await open(element, '[data-notification]');
    desk.fail('notifications.acknowledge', 'unavailable');
    inside(element, '[data-action=acknowledge]').click();
    await settled(element);
    inside(element, '[role=alert]');
    desk.answer('notifications.acknowledge', () => legal);
    inside(element, '[data-action=acknowledge]').click();
    await settled(element);
    expect(desk.given('notifications.acknowledge')).to.deep.equal([[legal.id], [legal.id]]);
  });

  it('consents: legal SMS stands fixed, another is given; what is closed holds nothing', async () => {
    const element = await show(notification({ state: 'read' }));
    await open(element, '#consents');
    expect(inside<HTMLInputElement>(element, '[data-consent="legal sms"]').disabled).to.equal(true);
    desk.answer('notifications.setConsent', () => consents());
    inside(element, '[data-consent="software-update whatsapp"]').click();
    await settled(element);
    expect(desk.given('notifications.setConsent')).to.deep.equal([['software-update', 'whatsapp', true]]);
    // Escape and clicks outside are the browser's own doing with a popover.
    inside(element, '#panel').hidePopover();
    await settled(element);
    expect(inside(element, '#panel').matches(':popover-open')).to.equal(false);
    expect(inside(element, '#panel').checkVisibility()).to.equal(false);
  });

  it('teaches when it is empty, and has skeleton and error', async () => {
    const element = await show();
    expect(textOf(element)).to.include('No news yet');
    desk.values.notifications.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(2);
    desk.values.notifications.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
  });

  it('is accessible in both directions, in Persian words, without inline styles', async () => {
    const element = await show(legalNotice(), notification());
    await open(element, '[data-notification]');
    await open(element, '#consents');
    await expectAccessibleEverywhere(element);
    // The place of the panel is set from script, which a strict policy allows; everything else is checked.
    inside(element, '#panel').removeAttribute('style');
    expectNoInlineStyles(element);
    (element.parentElement as HTMLElement).lang = 'fa';
    element.requestUpdate();
    await settled(element);
    expect(textOf(element)).to.include('اطلاعیهٔ حقوقی');
  });
});
