import { html, type TemplateResult } from 'lit';
import { createFakeDesk, type FakeDesk } from './fake-desk.ts';

/**
 * A story's stage: a fake desk, brought into the state that the story is about, around the widget.
 *
 * @example
 * ```ts
 * export const Ringing: StoryObj = { render: () => onDesk((desk) => desk.values.ringing.set([ringingCall()]), (desk) => html`<cw-incoming-call .desk=${desk}></cw-incoming-call>`) };
 * ```
 */
export function onDesk(prepare: (desk: FakeDesk) => void, draw: (desk: FakeDesk) => TemplateResult): TemplateResult {
  const desk = createFakeDesk();
  prepare(desk);
  return html`${draw(desk)}`;
}
