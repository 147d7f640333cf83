import '../../define/number-pairings.ts';
import type { ImportReport } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { manager, session } from '../../testing/fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import {
  attempt,
  banks,
  fictitious,
  fieldCaller,
  manyPairings,
  pairing,
  petr,
  survey,
} from '../../testing/number-fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import { type CwNumberPairings, NUMBER_TABS, type NumberTab } from './number-pairings.ts';

const meta: Meta<CwNumberPairings> = {
  title: 'Number pairings',
  component: 'cw-number-pairings',
  args: { tab: 'projects' },
  argTypes: { tab: { control: 'select', options: [...NUMBER_TABS] } },
};
export default meta;

type Story = StoryObj<CwNumberPairings>;

const story = (tab: NumberTab, prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  args: { tab },
  render: ({ tab: shown }) =>
    onDesk(
      (desk) => {
        const { values } = desk;
        values.session.set({ status: 'signed-in', session: session(manager) });
        values.projects.set({ status: 'ready', value: [survey, banks] });
        values.numbers.set({
          status: 'ready',
          value: [fictitious(), fictitious({ id: 'num_3', number: '+420234234503', project: null, pairings: 0 })],
        });
        values.fieldCallers.set({
          status: 'ready',
          value: [
            fieldCaller(),
            fieldCaller({ id: 'fc_2', name: 'Jana Malá', number: '+420777000111', active: false }),
          ],
        });
        values.pairings.set({ status: 'ready', value: [pairing(), pairing({ id: 'pair_2', state: 'expired' })] });
        desk.answer('virtualNumbers.refusedAttempts', () => [attempt(), attempt({ id: 'att_2', caller: '' })]);
        desk.answer('accounts.list', () => [manager, petr]);
        prepare(desk);
      },
      (desk) => html`<cw-number-pairings .desk=${desk} tab=${shown}></cw-number-pairings>`,
    ),
});

/** Presses something in the panel that the tab shows. */
const press =
  (...selectors: string[]): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-number-pairings');
    if (!element) return;
    await settled(element);
    const panel = inside(element, '[role=tabpanel] > *');
    for (const selector of selectors) {
      await settled(panel);
      inside(panel, selector).click();
    }
  };

const report: ImportReport = {
  rows: 3,
  applied: false,
  created: 3,
  changed: 0,
  unchanged: 0,
  newFieldCallers: 2,
  newFictitiousNumbers: 1,
  problems: [],
};
const importing = (name: string, change: Partial<ImportReport>): Story => ({
  name,
  ...story('pairings', (desk) => desk.answer('virtualNumbers.importCsv', () => ({ ...report, ...change }))),
  play: async (context) => {
    await press('[data-action="import"]')(context);
    const element = context.canvasElement.querySelector('cw-number-pairings');
    const list = element && inside(element, 'cw-number-pairing-list');
    if (!list) return;
    await settled(list);
    const panel = inside(list, 'cw-number-import');
    await settled(panel);
    const field = inside<HTMLTextAreaElement>(panel, '#csv');
    field.value = 'project,fictitious_number,real_number\nBanky,420234234501,601';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    inside<HTMLFormElement>(panel, 'form').requestSubmit();
  },
});

export const Projects: Story = story('projects');
export const EditingProject: Story = { ...story('projects'), play: press('[data-action="edit"]') };
export const EndingProject: Story = { ...story('projects'), play: press('[data-action="end"]') };
export const FictitiousNumbers: Story = story('numbers');
export const FieldCallers: Story = story('callers');
export const AddingFieldCaller: Story = { ...story('callers'), play: press('[data-action="create"]') };
export const Pairings: Story = story('pairings');
export const Pairing: Story = { ...story('pairings'), play: press('[data-action="create"]') };
export const LastDay: Story = { ...story('pairings'), play: press('[data-action="prolong"]') };
export const FiveHundred: Story = story('pairings', (desk) =>
  desk.values.pairings.set({ status: 'ready', value: manyPairings(500) }),
);
export const FiveThousand: Story = story('pairings', (desk) =>
  desk.values.pairings.set({ status: 'ready', value: manyPairings(5000) }),
);
export const ImportChecked: Story = importing('Import checked', {});
export const ImportWithProblems: Story = importing('Import with problems', {
  problems: [
    { line: 2, column: 'real_number', code: 'not-a-number', message: '' },
    { line: 3, column: 'project', code: 'unknown-project', message: '' },
  ],
});
export const RefusedAttempts: Story = story('attempts');
export const Empty: Story = story('pairings', (desk) => desk.values.pairings.set({ status: 'ready', value: [] }));
export const Loading: Story = story('pairings', (desk) => desk.values.pairings.set({ status: 'loading' }));
export const Failed: Story = story('pairings', (desk) =>
  desk.values.pairings.set({ status: 'failed', error: new Error('offline') }),
);
