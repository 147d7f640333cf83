import '../../define/ticket-form.ts';
import '../../define/ticket-panel.ts';
import '../../define/ticket-thread.ts';
import { CallweaveError } from '@callweave/sdk';
import { expect } from 'chai';
import { answeredCall } from '../../testing/fixtures.ts';
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
  attachment,
  balance,
  clinic,
  device,
  laser,
  leila,
  listed,
  nasrin,
  type TicketDesk,
  thread,
  ticket,
  withTickets,
} from '../../testing/ticket-fixtures.ts';
import { DraftStore } from '../ticket-parts/draft-store.ts';
import type { CwTicketPanel } from './ticket-panel.ts';

describe('cw-ticket-panel', () => {
  let desk: TicketDesk;
  beforeEach(() => {
    DraftStore.forget();
    desk = withTickets();
  });
  afterEach(() => {
    unmountAll();
    DraftStore.forget();
  });

  const panel = (properties: Partial<CwTicketPanel> = {}) => mount('cw-ticket-panel', desk, properties);
  const until = async (condition: () => boolean, element: Element) => {
    for (let round = 0; !condition(); round += 1) {
      if (round > 400) throw new Error(`It did not come: ${textOf(element)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
      await settled(element);
    }
  };
  const press = async (element: Element, selector: string) => {
    inside(element, selector).click();
    await settled(element);
  };
  const form = async (element: Element) => {
    await until(() => !inside<HTMLButtonElement>(element, '[data-action="new"]').disabled, element);
    await press(element, '[data-action="new"]');
    const inner = inside(element, 'cw-ticket-form');
    await settled(inner);
    return inner;
  };
  const opened = async (element: Element) => {
    await press(element, '[data-action="open"]');
    const inner = inside(element, 'cw-ticket-thread');
    await settled(inner);
    return inner;
  };
  const type = async (element: Element, selector: string, text: string) => {
    const field = inside<HTMLInputElement>(element, selector);
    field.value = text;
    field.dispatchEvent(new InputEvent('input'));
    await settled(element);
  };
  const choose = async (element: Element, selector: string, value: string) => {
    const field = inside<HTMLSelectElement>(element, selector);
    field.value = value;
    field.dispatchEvent(new Event('change'));
    await settled(element);
  };
  const file = (name: string, type = 'image/png', bytes = 20) => new File([new Uint8Array(bytes)], name, { type });
  const pick = async (element: Element, ...files: File[]) => {
    const data = new DataTransfer();
    for (const each of files) data.items.add(each);
    const input = inside<HTMLInputElement>(element, 'input[type="file"]');
    input.files = data.files;
    input.dispatchEvent(new Event('change'));
    await settled(element);
  };
  const fill = async (inner: Element) => {
    await choose(inner, '#device', 'dev_laser');
    await type(inner, '#subject', 'It beeps');
    await type(inner, '#text', 'Since noon.');
    await choose(inner, '#priority', 'urgent');
  };

  it('lists tickets with state, priority and device, and opens one', async () => {
    desk.list.set(
      listed(
        ticket(),
        ticket({ id: 'tic_2', state: 'answered', closed: { at: new Date().toISOString(), by: nasrin } }),
      ),
    );
    const element = await panel();
    expect(textOf(element))
      .to.include('Open')
      .and.to.include('Closed')
      .and.to.include('High')
      .and.to.include('Medit i700');
    let openedTicket = '';
    element.addEventListener('cw-ticket-open', (event) => (openedTicket = event.ticket?.id ?? 'none'));
    const inner = await opened(element);
    expect(openedTicket).to.equal('tic_1');
    expect(textOf(inner)).to.include('The report is attached.').and.to.include('Answer');
    await press(element, '[data-action="back"]');
    expect(openedTicket).to.equal('none');
    expect(element.shadowRoot?.activeElement?.closest('[data-ticket]')?.getAttribute('data-ticket')).to.equal('tic_1');
  });

  it('makes a ticket with device, title, description, priority and files', async () => {
    const element = await panel();
    const inner = await form(element);
    await fill(inner);
    await pick(inner, file('light.png'));
    await until(() => inner.shadowRoot?.querySelector('[data-file="ready"]') !== null, inner);
    desk.answer('tickets.create', () => ({ ticket: ticket({ number: 77 }), entries: [] }));
    await press(inner, '[data-action="send"]');
    await until(() => element.shadowRoot?.querySelector('cw-ticket-form') === null, element);
    const [input, options] = desk.given('tickets.create')[0] as [Record<string, unknown>, { idempotencyKey: string }];
    expect(input).to.deep.equal({
      deviceId: 'dev_laser',
      title: 'It beeps',
      description: 'Since noon.',
      priority: 'urgent',
      attachmentIds: ['att_light.png'],
    });
    expect(options.idempotencyKey).to.match(/^[\w-]{36}$/);
    await until(() => textOf(element).includes('Ticket 77 was sent.'), element);
    expect(new DraftStore(nasrin.id).get('new')).to.equal(undefined);
  });

  it('says at the field what is missing, and keeps what was typed', async () => {
    const inner = await form(await panel());
    await type(inner, '#subject', 'It beeps');
    await press(inner, '[data-action="send"]');
    expect(desk.given('tickets.create')).to.have.length(0);
    expect(inside(inner, '#device').getAttribute('aria-invalid')).to.equal('true');
    expect(inside(inner, '#text-about').textContent).to.equal('Describe what happened.');
    expect(inside<HTMLInputElement>(inner, '#subject').value).to.equal('It beeps');
    expect(inner.shadowRoot?.activeElement?.id).to.equal('device');
  });

  for (const [reason, wayOut, words] of [
    ['service-expired', 'renew', 'has expired'],
    ['not-activated', 'confirm-installation', 'not confirmed'],
    ['ceiling-reached', 'pay', 'ceiling'],
    ['declined', 'renew', 'declined'],
  ] as const) {
    it(`is disabled when ${reason}, with the reason and the way out`, async () => {
      desk.answer('ticket-devices.list', () => [device()]);
      desk.answer('tickets.eligibility', () => ({ ticketsAllowed: false, reason, wayOut }));
      const element = await panel();
      await until(() => element.shadowRoot?.querySelector('[data-refused]') !== null, element);
      expect(inside(element, '[data-refused]').textContent).to.include(words);
      expect(inside<HTMLButtonElement>(element, '[data-action="new"]').disabled).to.equal(true);
      let asked = '';
      element.addEventListener('cw-ticket-way-out', (event) => (asked = `${event.wayOut} ${event.deviceId}`));
      await press(element, '[data-action="way-out"]');
      expect(asked).to.equal(`${wayOut} dev_scanner`);
    });
  }

  it('refuses one of several devices in the form, and does not send', async () => {
    desk.answer('tickets.eligibility', (id: string) =>
      id === laser.id
        ? { ticketsAllowed: false, reason: 'service-expired', wayOut: 'renew' }
        : { ticketsAllowed: true },
    );
    const inner = await form(await panel());
    await fill(inner);
    await until(() => inner.shadowRoot?.querySelector('[data-refused]') !== null, inner);
    await press(inner, '[data-action="send"]');
    expect(desk.given('tickets.create')).to.have.length(0);
    await choose(inner, '#device', 'dev_scanner');
    await until(() => inner.shadowRoot?.querySelector('[data-refused]') === null, inner);
  });

  it('shows what is owed', async () => {
    desk.answer('ticket-devices.balance', () =>
      balance({ balance: { amount: 84_000_000, currency: 'IRR' }, level: 'warning' }),
    );
    const element = await panel();
    await until(() => element.shadowRoot?.querySelector('[data-balance]') !== null, element);
    expect(inside(element, '[data-balance]').textContent).to.equal('Unpaid balance: 8,400,000 toman');
  });

  it('says limits before, and refuses what is too large, empty, of a wrong kind, or too many', async () => {
    const inner = await form(await panel());
    await until(() => textOf(inner).includes('Up to 5 files of 10 MB each'), inner);
    await pick(
      inner,
      file('a.exe', 'application/x-msdownload'),
      file('b.png', 'image/png', 0),
      file('c.png', 'image/png', 10_000_001),
    );
    expect(
      [...(inner.shadowRoot?.querySelectorAll('[data-file]') ?? [])].map((row) => row.getAttribute('data-file')),
    ).to.deep.equal(['wrongType', 'isEmpty', 'tooLarge']);
    await pick(inner, file('d.png'), file('e.png'), file('f.png'));
    expect(inner.shadowRoot?.querySelectorAll('[data-file="tooMany"]')).to.have.length(1);
    expect(desk.given('tickets.upload')).to.have.length(2);
    await fill(inner);
    await press(inner, '[data-action="send"]');
    expect(desk.given('tickets.create')).to.have.length(0);
    expect(textOf(inner)).to.include('remove those that failed');
  });

  it('takes files that are dropped or pasted, shows progress, tries again, takes back', async () => {
    const inner = await form(await panel());
    const data = new DataTransfer();
    data.items.add(file('shot.png'));
    let go: (bytes: number, of: number) => void = () => {};
    let finish: (error?: Error) => void = () => {};
    desk.answer('tickets.upload', (given: File, { onProgress }: { onProgress: typeof go }) => {
      go = onProgress;
      return new Promise((resolve, reject) => {
        finish = (error) => (error ? reject(error) : resolve(attachment({ name: given.name })));
      });
    });
    inside(inner, 'form').dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
    await settled(inner);
    go(5, 20);
    await settled(inner);
    expect(inside<HTMLProgressElement>(inner, 'progress').value).to.equal(0.25);
    finish(new CallweaveError('network', 'gone'));
    await settled(inner);
    await press(inner, '[data-action="again"]');
    const [first, second] = desk.given('tickets.upload') as [File, { uploadId: string }][];
    expect(first?.[1].uploadId).to.equal(second?.[1].uploadId);
    finish();
    await until(() => inner.shadowRoot?.querySelector('[data-file="ready"]') !== null, inner);
    await press(inner, '[data-action="remove"]');
    expect(desk.given('tickets.discard')).to.deep.equal([['att_1']]);
    inside(inner, 'form').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    await settled(inner);
    expect(desk.given('tickets.upload')).to.have.length(3);
  });

  it('shows attachments that are checked or were removed without a link', async () => {
    const inner = await opened(await panel());
    expect(inside(inner, '[data-attachment="att_1"]').querySelector('a')?.getAttribute('download')).to.equal(
      'چراغ زرد.jpg',
    );
    expect(inside(inner, '[data-attachment="att_2"]').querySelector('a')).to.equal(null);
    expect(inside(inner, '[data-attachment="att_3"]').textContent).to.include('Malware was found');
  });

  it('writes, closes after asking once, and reopens with a reason', async () => {
    const inner = await opened(await panel());
    await type(inner, '#text', 'Still yellow.');
    await press(inner, '[data-action="send"]');
    await until(() => textOf(inner).includes('Sent.'), inner);
    expect((desk.given('tickets.write')[0] as unknown[]).slice(0, 2)).to.deep.equal([
      'tic_1',
      { text: 'Still yellow.', attachmentIds: [] },
    ]);
    await press(inner, '[data-action="close"]');
    expect(desk.given('tickets.close')).to.have.length(0);
    await press(inner, '[data-action="close-sure"]');
    expect(desk.given('tickets.close')).to.have.length(1);
    desk.one.set(thread(ticket({ state: 'answered', closed: { at: new Date().toISOString(), by: nasrin } })));
    await settled(inner);
    expect(inner.shadowRoot?.querySelector('[data-action="send"]')).to.equal(null);
    await press(inner, '[data-action="reopen"]');
    expect(desk.given('tickets.reopen')).to.have.length(0);
    await type(inner, '#text', 'It is back.');
    await press(inner, '[data-action="reopen"]');
    expect(desk.given('tickets.reopen')).to.deep.equal([['tic_1', 'It is back.', undefined]]);
  });

  it('announces an answer without moving the focus', async () => {
    const element = await panel();
    const button = inside(element, '[data-action="open"]');
    button.focus();
    desk.list.set(listed(ticket({ state: 'answered' })));
    await settled(element);
    expect(inside(element, '[role="status"]').textContent).to.equal('Ticket 1042 was answered.');
    expect(element.shadowRoot?.activeElement === button).to.equal(true);
  });

  it('keeps a draft over a reload, for its account alone', async () => {
    const first = await form(await panel());
    await fill(first);
    unmountAll();
    desk = withTickets();
    const again = await form(await panel());
    expect(inside<HTMLInputElement>(again, '#subject').value).to.equal('It beeps');
    expect(inside<HTMLSelectElement>(again, '#device').value).to.equal('dev_laser');
    expect(inside<HTMLSelectElement>(again, '#priority').value).to.equal('urgent');
    expect(textOf(again)).to.include('still here');
    unmountAll();
    desk = withTickets({ ...nasrin, id: 'acc_other' });
    const other = await form(await panel());
    expect(inside<HTMLInputElement>(other, '#subject').value).to.equal('');
    expect(Object.keys(localStorage).filter((key) => key.includes(nasrin.id))).to.deep.equal([]);
  });

  it('forgets drafts when the person signs out', async () => {
    const element = await panel();
    const inner = await form(element);
    await fill(inner);
    unmountAll();
    expect(new DraftStore(nasrin.id).get('new')?.fields['title']).to.equal('It beeps');
    desk.values.session.set({ status: 'signed-out' });
    await panel();
    expect(Object.keys(localStorage).filter((key) => key.startsWith('callweave-drafts'))).to.deep.equal([]);
  });

  it('keeps what was sent without a connection, and sends it once under the same key when it is back', async () => {
    const element = await panel();
    const inner = await form(element);
    await fill(inner);
    desk.values.connection.set('offline');
    desk.fail('tickets.create', 'network');
    await press(inner, '[data-action="send"]');
    await until(() => inner.shadowRoot?.querySelector('[data-draft="waiting"]') !== null, inner);
    expect(textOf(element)).to.include('No connection');
    desk.answer('tickets.create', () => ({ ticket: ticket(), entries: [] }));
    desk.values.connection.set('online');
    await until(() => desk.given('tickets.create').length === 2, element);
    desk.values.connection.set('offline');
    await settled(element);
    desk.values.connection.set('online');
    await settled(element);
    await until(() => inside<HTMLInputElement>(inner, '#subject').value === '', inner);
    const keys = desk.given('tickets.create').map((args) => (args[1] as { idempotencyKey: string }).idempotencyKey);
    expect(keys).to.have.length(2);
    expect(keys[0]).to.equal(keys[1]);
    expect(new DraftStore(nasrin.id).waiting()).to.deep.equal([]);
  });

  it('makes a draft again of what the server refuses', async () => {
    const inner = await form(await panel());
    await fill(inner);
    desk.fail('tickets.create', 'ticket-ceiling-reached');
    await press(inner, '[data-action="send"]');
    await until(() => inner.shadowRoot?.querySelector('.message.danger') !== null, inner);
    expect(inside<HTMLInputElement>(inner, '#subject').value).to.equal('It beeps');
    expect(new DraftStore(nasrin.id).get('new')?.sendKey).to.equal(null);
  });

  it("is an agent's for the caller whom they have on the line", async () => {
    desk = withTickets({ ...leila, roles: ['agent'] });
    desk.values.current.set(answeredCall({ id: 'call_7', customer: clinic }));
    const element = await panel();
    expect(desk.followed.at(-1)).to.deep.equal({ closed: false, customerId: clinic.id, callId: 'call_7' });
    expect(desk.given('ticket-devices.list')).to.deep.equal([[clinic.id]]);
    const inner = await form(element);
    await fill(inner);
    await press(inner, '[data-action="send"]');
    await until(() => desk.given('tickets.create').length === 1, inner);
    const [made] = desk.given('tickets.create')[0] as [{ callId: string }];
    expect(made.callId).to.equal('call_7');
  });

  it('says what is empty, what is loading, what failed, and tries again', async () => {
    desk.list.set(listed());
    const element = await panel();
    expect(textOf(element)).to.include('No tickets yet');
    desk.list.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelector('.skeleton') !== null).to.equal(true);
    desk.list.set({ status: 'failed', error: new CallweaveError('network', 'gone') });
    await settled(element);
    expect(inside(element, '[role="alert"]').textContent).to.include('cannot reach the server');
    await press(element, '[data-action="retry"]');
  });

  it('is accessible, whole at every width, and itself in any page', async () => {
    desk.answer('ticket-devices.balance', () =>
      balance({ balance: { amount: 84_000_000, currency: 'IRR' }, level: 'warning' }),
    );
    const element = await panel();
    await until(() => element.shadowRoot?.querySelector('[data-balance]') !== null, element);
    await expectAccessibleEverywhere(element);
    await expectNothingCutOff(element);
    await expectUnharmedByPageCss(element);
    expectNoInlineStyles(element);
  });

  it('is accessible when a ticket is open, and in the form', async () => {
    const element = await panel();
    const inner = await opened(element);
    await expectAccessibleEverywhere(element);
    await expectNothingCutOff(element);
    expectNoInlineStyles(inner);
    await press(element, '[data-action="back"]');
    const writing = await form(element);
    await pick(writing, file('a.exe', 'application/x-msdownload'), file('b.png'));
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(writing);
  });
});
