import { faxes } from '@callweave/sdk';
import '../../define/fax-inbox.ts';
import type { Fax } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { fax, kala, reza, sara } from '../../testing/fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import { type CwFaxInbox, FAX_FILTERS } from './fax-inbox.ts';

const meta: Meta<CwFaxInbox> = {
  title: 'Fax inbox',
  component: 'cw-fax-inbox',
  args: { filter: 'all' },
  argTypes: { filter: { control: 'select', options: FAX_FILTERS } },
};
export default meta;

type Story = StoryObj<CwFaxInbox>;

const day = 86_400_000;
const at = (ms: number) => new Date(Date.now() + ms).toISOString();

const everyFax = (): Fax[] => [
  fax({ id: 'fax_6', state: 'receiving', finishedAt: null, format: null, pages: 0, customer: null }),
  fax({ id: 'fax_5', stationId: '+98 21 2233 4455' }),
  fax({ id: 'fax_4', customer: null, candidates: [sara, reza], readAt: at(-day), damagedLines: 3 }),
  fax({
    id: 'fax_3',
    source: 'provider',
    format: 'pdf',
    pages: 0,
    customer: kala,
    readAt: at(-day),
    note: 'برای امضا',
  }),
  fax({ id: 'fax_2', state: 'failed', failure: 'broken-off', failureDetail: 'HANGUP', pages: 1, customer: null }),
  fax({ id: 'fax_1', from: '', state: 'failed', failure: 'unreadable', format: null, pages: 0, customer: null }),
];

const box = (faxes: () => readonly Fax[], prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  render: ({ filter }) =>
    onDesk(
      (desk) => {
        desk.values.faxes.set({ status: 'ready', value: faxes() });
        desk.answer('customers.find', () => [sara, reza]);
        desk.answer('faxes.delete', () => fax({ deletedAt: at(0), binnedUntil: at(30 * day) }));
        desk.answer('faxes.restore', () => fax());
        prepare(desk);
      },
      (desk) => html`<cw-fax-inbox .desk=${desk} filter=${filter}></cw-fax-inbox>`,
    ),
});

const press =
  (...selectors: string[]): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-fax-inbox');
    if (!element) return;
    for (const selector of selectors) {
      await settled(element);
      inside(element, selector).click();
    }
  };

export const EveryState: Story = box(everyFax);
export const Opened: Story = { ...box(() => [fax(), fax({ id: 'fax_0' })]), play: press('[data-action="open"]') };
export const Candidates: Story = {
  ...box(() => [fax({ customer: null, candidates: [sara, reza] })]),
  play: press('[data-action="open"]'),
};
export const Deleted: Story = { ...box(() => [fax()]), play: press('[data-action="open"]', '[data-action="delete"]') };
export const Bin: Story = {
  ...box(() => [fax({ deletedAt: at(-day), binnedUntil: at(29 * day) })]),
  args: { filter: 'bin' },
};
export const PageFails: Story = {
  ...box(
    () => [fax()],
    (desk) => Object.assign(desk.use(faxes), { pageUrl: () => 'data:image/png,none' }),
  ),
  play: press('[data-action="open"]'),
};
export const Empty: Story = box(() => []);
export const Loading: Story = box(
  () => [],
  (desk) => desk.values.faxes.set({ status: 'loading' }),
);
export const Failed: Story = box(
  () => [],
  (desk) => desk.values.faxes.set({ status: 'failed', error: new Error('offline') }),
);
