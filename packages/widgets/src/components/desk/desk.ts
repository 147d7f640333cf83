import { createDesk, type Desk } from '@callweave/sdk';
import { type PropertyDeclarations, type PropertyValues, ReactiveElement } from '@lit/reactive-element';
import { provideDesk } from '../../context/desk-context.ts';

/** The values of {@link CwDesk.phone}. */
export const DESK_PHONES = ['auto', 'off'] as const;

/**
 * @summary The connection to an adapter. Draws nothing; the widgets inside it, and those that stand outside every
 * `<cw-desk>`, work on its desk.
 *
 * @slot - The page, or the part of it, that holds widgets. May be empty.
 */
export class CwDesk extends ReactiveElement {
  static override properties: PropertyDeclarations = {
    url: {},
    phone: {},
    locale: {},
    desk: { attribute: false, noAccessor: true },
  };

  #own: Desk | undefined;
  #ownOf = '';

  /** Where the adapter is mounted, `/callweave`. Ignored when `desk` is given. */
  url = '';

  /** `auto`: the browser phone starts for an agent whose calls reach them in the browser. `off`: never. */
  phone: (typeof DESK_PHONES)[number] = 'auto';

  /** Language of the widgets: `en`, `fa` or `cs`. Without it they speak that of the page around them. */
  locale: string | undefined;

  /** A desk made by `createDesk()`; whoever made it starts and stops it. Reading it gives the desk in effect. */
  get desk(): Desk | undefined {
    return this.#given ?? this.#own;
  }

  set desk(desk: Desk | undefined) {
    const before = this.#given;
    this.#given = desk;
    this.requestUpdate('desk', before);
  }

  #given: Desk | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // The element is a wrapper without a box of its own; set by script, which a strict policy allows.
    this.style.display ||= 'contents';
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    provideDesk(this, undefined);
    this.#stopOwn();
  }

  /** No shadow tree: what stands inside stays the page's own. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    if (!this.isConnected) return;
    this.#adjustOwn();
    const desk = this.desk;
    provideDesk(this, desk && { desk, locale: this.locale });
  }

  #adjustOwn(): void {
    const wanted = this.#given || !this.url ? '' : `${this.phone} ${this.url}`;
    if (wanted === this.#ownOf) return;
    this.#stopOwn();
    this.#ownOf = wanted;
    if (!wanted) return;
    this.#own = createDesk({ url: this.url, phone: this.phone });
    void this.#own.start();
  }

  #stopOwn(): void {
    void this.#own?.stop();
    this.#own = undefined;
    this.#ownOf = '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-desk': CwDesk;
  }
}
