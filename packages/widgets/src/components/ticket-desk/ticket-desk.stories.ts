import '../../define/ticket-desk.ts';
import { CallweaveError } from '@callweave/sdk';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { onDesk } from '../../testing/story.ts';
import {
  babak,
  listed,
  manyTickets,
  type TicketDesk,
  teamHistory,
  thread,
  ticket,
  withTickets,
} from '../../testing/ticket-fixtures.ts';
import { DraftStore } from '../ticket-parts/draft-store.ts';
import { TICKET_VIEWS } from './queue-view.ts';
import type { CwTicketDesk } from './ticket-desk.ts';

const meta: Meta<CwTicketDesk> = {
  title: 'Ticket desk',
  component: 'cw-ticket-desk',
  args: { view: 'open' },
  argTypes: { view: { control: 'select', options: TICKET_VIEWS } },
};
export default meta;

type Story = StoryObj<CwTicketDesk>;

const queue = (prepare: (desk: TicketDesk) => void = () => {}, ticketId = ''): Story => ({
  render: ({ view }) => {
    DraftStore.forget();
    let prepared: TicketDesk | undefined;
    return onDesk(
      (desk) => {
        prepared = withTickets(babak, desk);
        prepared.list.set({ status: 'ready', value: { tickets: manyTickets(40), more: false, total: 40 } });
        prepared.one.set(thread(ticket(), teamHistory()));
        prepare(prepared);
      },
      () => html`<cw-ticket-desk .desk=${prepared} view=${view} ticket-id=${ticketId}></cw-ticket-desk>`,
    );
  },
});

export const Queue: Story = queue();
export const TenThousand: Story = queue((desk) =>
  desk.list.set({ status: 'ready', value: { tickets: manyTickets(10_000), more: false, total: 10_000 } }),
);
export const Opened: Story = queue(() => {}, 'tic_1');
export const Assigned: Story = queue(
  (desk) => desk.one.set(thread(ticket({ assignee: babak, state: 'in-review' }), teamHistory(), true)),
  'tic_1',
);
export const Closed: Story = queue(
  (desk) => desk.one.set(thread(ticket({ closed: { at: new Date().toISOString(), by: babak } }), teamHistory())),
  'tic_1',
);
export const Empty: Story = queue((desk) => desk.list.set(listed()));
export const Loading: Story = queue((desk) => desk.list.set({ status: 'loading' }));
export const Failed: Story = queue((desk) =>
  desk.list.set({ status: 'failed', error: new CallweaveError('network', 'gone') }),
);
