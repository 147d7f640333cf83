import '../../define/day-field.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { CwDayField } from './day-field.ts';

const meta: Meta<CwDayField> = {
  title: 'Day field',
  component: 'cw-day-field',
  args: { label: 'تاریخ قرارداد', value: '', error: '', note: '' },
  render: ({ label, value, error, note }) =>
    html`<cw-day-field .label=${label} .value=${value} .error=${error} .note=${note}></cw-day-field>`,
};
export default meta;

type Story = StoryObj<CwDayField>;

export const Empty: Story = {};
export const WithDay: Story = { args: { value: '2026-11-22' } };
export const Optional: Story = { args: { note: 'اختیاری' } };
export const Wrong: Story = { args: { value: '2026-11-22', error: 'تاریخ گذشته است.' } };
