import '../../define/message-log.ts';
import type { Message } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { textMessage } from '../../testing/fixtures.ts';
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

describe('cw-message-log', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
  });
  afterEach(unmountAll);

  const log = async (...messages: Message[]) => {
    desk.values.messages.set({ status: 'ready', value: messages });
    return mount('cw-message-log', desk);
  };
  const rows = (element: Element) =>
    [...(element.shadowRoot?.querySelectorAll('[data-message]') ?? [])].map((row) =>
      (row.textContent ?? '').replace(/\s+/g, ' ').trim(),
    );

  it('says what became of each, and why; a code that it does not know as it is', async () => {
    const element = await log(
      textMessage(),
      textMessage({ state: 'queued', reason: 'no-credit' }),
      textMessage({ state: 'failed', reason: 'twilio-30003', purpose: 'invoice' }),
    );
    const [delivered, queued, failed] = rows(element);
    for (const words of ['Missed call', '+98912•••6789', 'delivered']) expect(delivered).to.include(words);
    for (const words of ['waiting', 'no credit at the service']) expect(queued).to.include(words);
    for (const words of ['invoice', 'failed', 'twilio-30003']) expect(failed).to.include(words);
  });

  it('names the channel, and says in words what came with WhatsApp and with buyers', async () => {
    const element = await log(
      textMessage({ channel: 'whatsapp', purpose: 'announcement', state: 'failed', reason: 'not-reachable' }),
      textMessage({ channel: 'whatsapp', purpose: 'ticket', state: 'failed', reason: 'outside-window' }),
      textMessage({ purpose: 'billing-ceiling' }),
      textMessage({ purpose: 'buyer-invitation' }),
    );
    const [announced, ticket, billing, invited] = rows(element);
    for (const words of ['Announcement', 'WhatsApp', 'not to be found']) expect(announced).to.include(words);
    for (const words of ['Answer to a ticket', '24 hours']) expect(ticket).to.include(words);
    for (const words of ['Debt at the ceiling', 'SMS']) expect(billing).to.include(words);
    expect(invited).to.include('Invitation of a buyer');
  });

  it('shows those alone that did not arrive', async () => {
    const element = await log(
      textMessage(),
      textMessage({ state: 'sent' }),
      textMessage({ state: 'queued' }),
      textMessage({ state: 'queued', reason: 'timeout' }),
      textMessage({ state: 'expired', reason: 'too-late' }),
    );
    expect(rows(element)).to.have.length(5);
    const select = inside<HTMLSelectElement>(element, 'select');
    select.value = 'troubled';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await settled(element);
    expect(rows(element)).to.have.length(2);
    desk.values.messages.set({ status: 'ready', value: [textMessage()] });
    await settled(element);
    expect(textOf(element)).to.include('Every text message has arrived');
  });

  it('teaches when it is empty, and has skeleton and error', async () => {
    const element = await log();
    expect(textOf(element)).to.include('No text message has been sent');
    desk.values.messages.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.values.messages.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
  });

  it('in Persian: its words and digits', async () => {
    desk.values.messages.set({ status: 'ready', value: [textMessage({ state: 'failed', reason: 'no-credit' })] });
    const element = await mount('cw-message-log', desk, {}, { lang: 'fa' });
    for (const words of ['پیامک‌ها', '+۹۸۹۱۲•••۶۷۸۹', 'ناموفق', 'اعتبار سرویس کافی نیست'])
      expect(textOf(element)).to.include(words);
  });

  it('is accessible, fits any width, keeps its looks in a hostile page, and needs no inline style', async () => {
    const element = await log(textMessage(), textMessage({ state: 'failed', reason: 'uncertain' }));
    await expectNothingCutOff(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
