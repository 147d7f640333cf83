import type { Desk, Feature } from '@callweave/sdk';
import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { deskChanges, deskFor } from '../context/desk-context.ts';
import type { LocaleController } from '../controllers/locale-controller.ts';
import { ReadableController } from '../controllers/readable-controller.ts';

/** What every widget shares: where its desk and its language come from. Nothing else belongs here. */
export abstract class DeskElement extends LitElement {
  // Not a decorator: the badge, whose page-load weight is promised, then carries none.
  static override properties: PropertyDeclarations = { desk: { attribute: false } };

  protected abstract readonly locale: LocaleController;

  /** The desk this widget works on. Without it, that of the `<cw-desk>` around, or else the first one of the page. */
  desk: Desk | undefined;

  constructor() {
    super();
    new ReadableController(this, () => deskChanges);
  }

  /** The desk in effect. */
  protected get activeDesk(): Desk | undefined {
    return this.desk ?? deskFor(this)?.desk;
  }

  /** A feature of the desk in effect: `this.feature(faxes)?.follow()`. */
  protected feature<T>(feature: Feature<T>): T | undefined {
    return this.activeDesk?.use(feature);
  }

  /** @internal */
  get deskLocale(): string | undefined {
    return deskFor(this)?.locale;
  }

  /** The first update of a language waits for its strings; after that nothing waits. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    const strings = this.locale.prepare();
    return strings ? strings.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  /** For the developer who placed the element where no desk is. */
  protected renderNoDesk(): TemplateResult {
    return html`<p class="empty">${this.locale.terms.essential.noDesk(this.localName)}</p>`;
  }
}
