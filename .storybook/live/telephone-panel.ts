import type { PhoneCredentials } from '@callweave/sdk/phone';
import { createTelephone } from '@callweave/sdk/testing';
import { html, LitElement } from 'lit';
import { CALLERS, PUBLIC_NUMBER } from './people.ts';

const SAY = { inviting: 'Calling…', ringing: 'It rings…', active: 'Connected', idle: '' } as Record<string, string>;

/** The customer's side of a live story: a telephone that calls the public number as one of the demonstration's people. */
export class LiveTelephone extends LitElement {
  static override properties = { line: {} };

  /** Where a line is given out. */
  declare line: string;
  #caller = CALLERS[0]?.number ?? '';
  readonly #telephone = createTelephone({
    credentials: async () => {
      const response = await fetch(`${this.line}?caller=${encodeURIComponent(this.#caller)}`);
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as PhoneCredentials;
    },
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#telephone.state.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    void this.#telephone.hangup();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const now = this.#telephone.state.get();
    const free = now.call === 'idle';
    const said = now.problem ?? (now.end ? `Over: ${now.end}` : (SAY[now.call] ?? now.call));
    return html`<fieldset lang="en" dir="ltr" data-call=${now.call}>
      <legend>Customer's telephone</legend>
      <label>Call <bdi>${PUBLIC_NUMBER}</bdi> as
        <select name="caller" ?disabled=${!free} @change=${(event: Event) => {
          this.#caller = (event.target as HTMLSelectElement).value;
        }}>
          ${CALLERS.map(({ name, number }) => html`<option value=${number}>${name} · ${number}</option>`)}
        </select>
      </label>
      <button type="button" name="call" ?disabled=${!free} @click=${() => this.#telephone.call(PUBLIC_NUMBER)}>Call</button>
      <button type="button" name="hang-up" ?disabled=${free} @click=${() => this.#telephone.hangup()}>Hang up</button>
      <output>${said}</output>
      <div>${[...'123456789*0#'].map(
        (key) =>
          html`<button type="button" ?disabled=${now.call !== 'active'} @click=${() => this.#telephone.press(key)}>${key}</button>`,
      )}</div>
    </fieldset>`;
  }
}
