import '../../define/announcements.ts';
import type { Announcement } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { deviceType } from '../../testing/device-fixtures.ts';
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
import { announcement, published, recipient, recipients } from '../../testing/notification-fixtures.ts';

describe('cw-announcements', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('announcements.reach', () => ({ recipients: 1200, sms: 700, whatsapp: 400, withoutMessage: 100 }));
  });
  afterEach(unmountAll);

  const show = (...given: Announcement[]) => {
    desk.values.announcements.set({ status: 'ready', value: given });
    return mount('cw-announcements', desk);
  };
  const press = async (element: Element, action: string) => {
    inside(element, `[data-action=${action}]`).click();
    await settled(element);
  };
  const fill = (element: Element, name: string, value: string) => {
    inside<HTMLInputElement>(element, `[name="${name}"]`).value = value;
  };

  it('a draft is written in three languages, for those whom it is for', async () => {
    const element = await show();
    expect(textOf(element)).to.include('Write the first draft');
    await press(element, 'write');
    for (const language of ['en', 'fa', 'cs']) {
      fill(element, `title-${language}`, `title ${language}`);
      fill(element, `content-${language}`, `content ${language}`);
    }
    fill(element, 'models', 'Z1، Z2, ');
    inside(element, '[name=serviceStates][value=active]').click();
    inside<HTMLFormElement>(element, 'form').requestSubmit();
    await settled(element);
    expect(desk.given('announcements.create')).to.deep.equal([
      [
        {
          category: 'software-update',
          title: { en: 'title en', fa: 'title fa', cs: 'title cs' },
          content: { en: 'content en', fa: 'content fa', cs: 'content cs' },
          audience: { typeIds: [], models: ['Z1', 'Z2'], serviceStates: ['active'] },
        },
      ],
    ]);
    expect(element.shadowRoot?.querySelector('form') === null).to.equal(true);
  });

  it('recipients are counted before it is published; a time schedules it', async () => {
    const draft = announcement();
    const element = await show(draft);
    await press(element, 'publish');
    expect(textOf(element)).to.include('1,200 buyers: 700 by SMS, 400 by WhatsApp, 100 without a message.');
    expect(desk.given('announcements.publish')).to.deep.equal([]);
    await press(element, 'confirm');
    expect(desk.given('announcements.publish')).to.deep.equal([[draft.id, undefined]]);
    await press(element, 'publish');
    const time = inside<HTMLInputElement>(element, '#value');
    time.value = '2026-12-01T09:30';
    time.dispatchEvent(new Event('input', { bubbles: true }));
    await settled(element);
    expect(inside(element, '[data-action=confirm]').textContent).to.include('Schedule');
    await press(element, 'confirm');
    expect(desk.given('announcements.publish')[1]).to.deep.equal([
      draft.id,
      new Date('2026-12-01T09:30').toISOString(),
    ]);
  });

  it('what became of it shows; it is withdrawn with a reason', async () => {
    const one = published();
    const element = await show(one);
    for (const words of [
      '1,200 recipients',
      '500 have read',
      '200 acknowledged',
      '1,050 delivered',
      '100 on their way',
    ])
      expect(textOf(element)).to.include(words);
    await press(element, 'withdraw');
    await press(element, 'confirm');
    expect(desk.given('announcements.withdraw')).to.deep.equal([]);
    fill(element, 'value', 'wrong text');
    await press(element, 'confirm');
    expect(desk.given('announcements.withdraw')).to.deep.equal([[one.id, 'wrong text']]);
  });

  it('is for the types that are ticked; while they are not known, those of before stay', async () => {
    const scanner = deviceType({ id: 'type_scanner' });
    const laser = deviceType({ id: 'type_laser', model: 'L2' });
    const element = await show(announcement({ audience: { typeIds: [laser.id], models: [], serviceStates: [] } }));
    const typesGiven = async () => {
      inside<HTMLFormElement>(element, 'form').requestSubmit();
      await settled(element);
      return desk
        .given('announcements.update')
        .map(([, draft]) => (draft as Pick<Announcement, 'audience'>).audience.typeIds)
        .at(-1);
    };
    desk.values.deviceTypes.set({ status: 'loading' });
    await press(element, 'edit');
    expect(await typesGiven()).to.deep.equal([laser.id]);

    desk.values.deviceTypes.set({ status: 'ready', value: [scanner, laser] });
    await press(element, 'edit');
    expect(inside<HTMLInputElement>(element, '[value=type_laser]').checked).to.equal(true);
    inside(element, '[value=type_laser]').click();
    inside(element, '[value=type_scanner]').click();
    expect(await typesGiven()).to.deep.equal([scanner.id]);
  });

  it('says who has got it and what became of each message, page by page', async () => {
    const one = published();
    const first = recipients();
    const last = first.at(-1)?.customerId;
    desk.answer('announcements.recipients', (_id: string, after?: string) =>
      after === undefined
        ? { recipients: first, more: true }
        : { recipients: [recipient({ name: 'Eva Malá' })], more: false },
    );
    const element = await show(one);
    await press(element, 'recipients');
    const rows = () =>
      [...(element.shadowRoot?.querySelectorAll('[data-recipient]') ?? [])].map((row) => row.textContent ?? '');
    expect(rows()).to.have.length(5);
    expect(rows()[1]).to.include('acknowledged').and.to.include('WhatsApp').and.to.include('sent');
    expect(rows()[2]).to.include('failed').and.to.include('not to be found on WhatsApp');
    expect(rows()[3]).to.include('goes out');
    expect(rows()[4]).to.include('not agreed to');
    await press(element, 'more-recipients');
    expect(desk.given('announcements.recipients')[1]).to.deep.equal([one.id, last]);
    expect(rows()).to.have.length(6);
    expect(rows()[5]).to.include('Eva Malá');
    await expectAccessibleEverywhere(element);
    await press(element, 'recipients');
    expect(rows()).to.have.length(0);
  });

  it('a failure is said in words, and what was typed is kept', async () => {
    const element = await show(announcement());
    desk.fail('announcements.update', 'announcement-state');
    await press(element, 'edit');
    fill(element, 'title-en', 'Another title');
    inside<HTMLFormElement>(element, 'form').requestSubmit();
    await settled(element);
    expect(inside(element, '[role=alert]').textContent).to.include('no longer in a state');
    expect(inside<HTMLInputElement>(element, '[name="title-en"]').value).to.equal('Another title');
  });

  it('is accessible in both directions, and needs no inline style', async () => {
    const element = await show(announcement(), published());
    await press(element, 'write');
    await press(element, 'publish');
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
  });
});
