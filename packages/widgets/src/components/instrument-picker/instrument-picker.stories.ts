import '../../define/instrument-picker.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { foolad } from '../../testing/fixtures.ts';
import { inside } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwInstrumentPicker } from './instrument-picker.ts';

const meta: Meta<CwInstrumentPicker> = { title: 'Instrument picker', component: 'cw-instrument-picker' };
export default meta;

type Story = StoryObj<CwInstrumentPicker>;

const typed =
  (text: string): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const picker = canvasElement.querySelector('cw-instrument-picker');
    await picker?.updateComplete;
    if (!picker) return;
    const input = inside<HTMLInputElement>(picker, 'input');
    input.focus();
    input.value = text;
    input.dispatchEvent(new InputEvent('input'));
  };

const plain: NonNullable<Story['render']> = () =>
  onDesk(
    () => {},
    (desk) => html`<cw-instrument-picker .desk=${desk}></cw-instrument-picker>`,
  );

export const Empty: Story = { render: plain };
export const Chosen: Story = {
  render: () =>
    onDesk(
      () => {},
      (desk) => html`<cw-instrument-picker .desk=${desk} .value=${foolad}></cw-instrument-picker>`,
    ),
};
export const Matches: Story = { render: plain, play: typed('ف') };
export const NoMatch: Story = {
  render: () =>
    onDesk(
      (desk) => desk.answer('instruments.find', () => []),
      (desk) => html`<cw-instrument-picker .desk=${desk}></cw-instrument-picker>`,
    ),
  play: typed('qqq'),
};
export const Wrong: Story = {
  render: () =>
    onDesk(
      () => {},
      (desk) => html`<cw-instrument-picker .desk=${desk} problem="Fill this in."></cw-instrument-picker>`,
    ),
};
