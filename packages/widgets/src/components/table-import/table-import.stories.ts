import '../../define/table-import.ts';
import type { Import } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { importOf } from '../../testing/device-fixtures.ts';
import { inside } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwTableImport } from './table-import.ts';

const meta: Meta<CwTableImport> = { title: 'Table import', component: 'cw-table-import' };
export default meta;

type Story = StoryObj<CwTableImport>;

const story = (given?: Import): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.import.set(given);
        desk.answer('imports.upload', () => given);
      },
      (desk) => html`<cw-table-import .desk=${desk}></cw-table-import>`,
    ),
  async play({ canvasElement }) {
    if (given === undefined) return;
    const element = canvasElement.querySelector('cw-table-import') as CwTableImport;
    await element.updateComplete;
    const files = new DataTransfer();
    files.items.add(new File(['a,b\n1,2'], 'devices.csv'));
    const input = inside<HTMLInputElement>(element, 'input[type=file]');
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
  },
});

export const Start: Story = story();
export const Checking: Story = story(importOf({ state: 'checking', checked: 500, preview: [] }));
export const Ready: Story = story(importOf());
export const Faulty: Story = story(
  importOf({
    state: 'faulty',
    faults: [
      { line: 3, column: 'serial', code: 'taken', message: 'is there already' },
      { line: 9, column: 'customer', code: 'unknown-customer', message: 'is unknown' },
    ],
    faultCount: 2,
  }),
);
export const Writing: Story = story(importOf({ state: 'applying' }));
export const Written: Story = story(importOf({ state: 'applied', applied: 1200, preview: [] }));
