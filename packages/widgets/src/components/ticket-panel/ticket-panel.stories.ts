import '../../define/ticket-form.ts';
import '../../define/ticket-panel.ts';
import '../../define/ticket-thread.ts';
import { CallweaveError } from '@callweave/sdk';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { answeredCall } from '../../testing/fixtures.ts';
import { inside, settled, usable } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import {
  attachment,
  balance,
  clinic,
  device,
  laser,
  leila,
  listed,
  manyTickets,
  nasrin,
  type TicketDesk,
  thread,
  ticket,
  withTickets,
} from '../../testing/ticket-fixtures.ts';
import { DraftStore } from '../ticket-parts/draft-store.ts';
import { type CwTicketPanel, TICKET_FILTERS } from './ticket-panel.ts';

const meta: Meta<CwTicketPanel> = {
  title: 'Ticket panel',
  component: 'cw-ticket-panel',
  args: { filter: 'open' },
  argTypes: { filter: { control: 'select', options: TICKET_FILTERS } },
};
export default meta;

type Story = StoryObj<CwTicketPanel>;

const panel = (prepare: (desk: TicketDesk) => void = () => {}, who = nasrin): Story => ({
  render: ({ filter }) => {
    // Each story begins with an empty browser.
    DraftStore.forget();
    let prepared: TicketDesk | undefined;
    return onDesk(
      (desk) => {
        prepared = withTickets(who, desk);
        prepare(prepared);
      },
      () => html`<cw-ticket-panel .desk=${prepared} filter=${filter}></cw-ticket-panel>`,
    );
  },
});

const press =
  (...steps: (readonly [within: string, selector: string])[]): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-ticket-panel');
    if (!element) return;
    for (const [within, selector] of steps) {
      const place = within === '' ? element : await usable(element, within);
      (await usable(place, selector)).click();
      await settled(place);
    }
  };

const refused = (reason: string, wayOut: string) =>
  panel((desk) => {
    desk.answer('ticket-devices.list', () => [device()]);
    desk.answer('tickets.eligibility', () => ({ ticketsAllowed: false, reason, wayOut }));
    if (reason === 'ceiling-reached')
      desk.answer('ticket-devices.balance', () =>
        balance({ balance: { amount: 101_500_000, currency: 'IRR' }, level: 'ceiling' }),
      );
  });

const now = () => new Date().toISOString();

export const EveryState: Story = {
  ...panel((desk) => {
    desk.answer('ticket-devices.balance', () =>
      balance({ balance: { amount: 84_000_000, currency: 'IRR' }, level: 'warning' }),
    );
    desk.list.set(
      listed(
        ticket({ priority: 'urgent' }),
        ticket({
          id: 'tic_2',
          number: 1041,
          title: 'Calibration fails at 37 °C',
          state: 'in-review',
          priority: 'medium',
        }),
        ticket({ id: 'tic_3', number: 1037, title: 'آموزش نسخهٔ تازه', state: 'answered', priority: 'low' }),
        ticket({ id: 'tic_4', number: 1002, state: 'answered', closed: { at: now(), by: nasrin } }),
      ),
    );
  }),
  args: { filter: 'all' },
};
export const Opened: Story = { ...panel(), play: press(['', '[data-action="open"]']) };
export const Closing: Story = {
  ...panel(),
  play: press(['', '[data-action="open"]'], ['cw-ticket-thread', '[data-action="close"]']),
};
export const Closed: Story = {
  ...panel((desk) => desk.one.set(thread(ticket({ state: 'answered', closed: { at: now(), by: nasrin } })))),
  play: press(['', '[data-action="open"]']),
};
export const NewTicket: Story = { ...panel(), play: press(['', '[data-action="new"]']) };
export const FieldsMissing: Story = {
  ...panel(),
  play: press(['', '[data-action="new"]'], ['cw-ticket-form', '[data-action="send"]']),
};
export const Files: Story = {
  ...panel((desk) => {
    desk.answer('tickets.upload', (file: File, { onProgress }: { onProgress: (bytes: number, of: number) => void }) => {
      if (file.name === 'film.mp4') {
        onProgress(file.size * 0.4, file.size);
        return new Promise(() => {});
      }
      return attachment({
        name: file.name,
        bytes: file.size,
        state: file.name === 'report.txt' ? 'scanning' : 'ready',
      });
    });
  }),
  play: async (context) => {
    await press(['', '[data-action="new"]'])(context);
    const element = context.canvasElement.querySelector('cw-ticket-panel');
    if (!element) return;
    const form = await usable(element, 'cw-ticket-form');
    await settled(form);
    const data = new DataTransfer();
    for (const [name, type] of [
      ['light.png', 'image/png'],
      ['report.txt', 'text/plain'],
      ['film.mp4', 'video/mp4'],
      ['setup.exe', 'application/x-msdownload'],
    ] as const)
      data.items.add(new File([new Uint8Array(42_000)], name, { type }));
    inside(form, 'form').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  },
};
export const ServiceExpired: Story = refused('service-expired', 'renew');
export const NotActivated: Story = refused('not-activated', 'confirm-installation');
export const Declined: Story = refused('declined', 'renew');
export const CeilingReached: Story = refused('ceiling-reached', 'pay');
export const OneDeviceExpired: Story = {
  ...panel((desk) =>
    desk.answer('tickets.eligibility', (id: string) =>
      id === laser.id
        ? { ticketsAllowed: false, reason: 'service-expired', wayOut: 'renew' }
        : { ticketsAllowed: true },
    ),
  ),
  play: async (context) => {
    await press(['', '[data-action="new"]'])(context);
    const element = context.canvasElement.querySelector('cw-ticket-panel');
    if (!element) return;
    const form = await usable(element, 'cw-ticket-form');
    await settled(form);
    const choice = inside<HTMLSelectElement>(form, '#device');
    choice.value = laser.id;
    choice.dispatchEvent(new Event('change'));
  },
};
export const WaitsForConnection: Story = panel((desk) => {
  desk.values.connection.set('offline');
  new DraftStore(nasrin.id).put(
    'new',
    { title: 'Beeps', text: 'Since noon', deviceId: laser.id },
    'key-of-a-first-try',
  );
});
export const Offline: Story = panel((desk) => desk.values.connection.set('offline'));
export const DuringACall: Story = panel((desk) => desk.values.current.set(answeredCall({ customer: clinic })), {
  ...leila,
  roles: ['agent'],
});
export const Many: Story = panel((desk) =>
  desk.list.set({ status: 'ready', value: { tickets: manyTickets(200), more: true, total: 640 } }),
);
export const Empty: Story = panel((desk) => desk.list.set(listed()));
export const NoDevice: Story = panel((desk) => {
  desk.list.set(listed());
  desk.answer('ticket-devices.list', () => []);
});
export const Loading: Story = panel((desk) => desk.list.set({ status: 'loading' }));
export const Failed: Story = panel((desk) =>
  desk.list.set({ status: 'failed', error: new CallweaveError('network', 'gone') }),
);
