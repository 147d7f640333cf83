import '@callweave/widgets/define/call-bar';
import '@callweave/widgets/define/desk';
import '@callweave/widgets/define/incoming-call';
import '@callweave/widgets/define/request-sheet';
import live from 'virtual:callweave-live';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { AGENT } from './people.ts';
import { LiveTelephone } from './telephone-panel.ts';

if (!customElements.get('live-telephone')) customElements.define('live-telephone', LiveTelephone);

// Not in the docs: every story there would start a phone of its own.
const meta: Meta = { title: 'Live/Desk', tags: ['!autodocs'] };
export default meta;

const answersOf = html`<details lang="en" dir="ltr">
  <summary>What the customers know</summary>
  <p>Sara (<bdi>سارا احمدی</bdi>): first teacher <bdi>زهرا</bdi>, her mother's town <bdi>یزد</bdi>, first car <bdi>سفید</bdi>.
  Jana: first teacher Eva, favourite food svíčková. Both begin with the PIN 1234 and must choose another, on the telephone.</p>
</details>`;

/**
 * The widgets on a real adapter with the exchange in a box: real calls, real orders, forgotten when Storybook ends. You
 * are signed in as the agent; the telephone is the customer's. Use headphones: both are on this page.
 */
export const Desk: StoryObj = {
  render: () =>
    live
      ? html`<live-telephone .line=${live.line}></live-telephone>
          ${answersOf}
          <cw-desk url=${live.url}>
            <p lang="en" dir="ltr">Signed in as the agent <bdi>${AGENT.name}</bdi></p>
            <cw-incoming-call></cw-incoming-call>
            <cw-call-bar></cw-call-bar>
            <cw-request-sheet></cw-request-sheet>
          </cw-desk>`
      : html`<p lang="en" dir="ltr">
          This page takes real calls and needs a server behind it, which a static Storybook does not have. In a clone of
          the project run <code>npm run storybook</code> and open “Live / Desk” there.
        </p>`,
};
