import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type RowWindow, rowWindow } from '../call-history/row-window.ts';

const ROW_HEIGHT = 44;

/** Draws of a long list of rows of one height only those that are seen, between two spacers. */
export class WindowedRows implements ReactiveController {
  readonly #host: ReactiveControllerHost & { readonly renderRoot: ParentNode };
  readonly #count: () => number;
  #viewport = { top: 0, height: 480, rowHeight: ROW_HEIGHT };
  #resize: ResizeObserver | undefined;
  #observed: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost & { readonly renderRoot: ParentNode }, count: () => number) {
    this.#host = host;
    this.#count = count;
    host.addController(this);
  }

  get range(): RowWindow {
    const { top, height, rowHeight } = this.#viewport;
    return rowWindow(top, height, rowHeight, this.#count());
  }

  readonly handleScroll = () => {
    const rows = this.#rows;
    if (!rows) return;
    const rowHeight = rows.querySelector<HTMLElement>('.line')?.offsetHeight || this.#viewport.rowHeight;
    const { scrollTop: top, clientHeight: height } = rows;
    const now = this.#viewport;
    if (top === now.top && height === now.height && rowHeight === now.rowHeight) return;
    this.#viewport = { top, height, rowHeight };
    this.#host.requestUpdate();
  };

  /** Another search: from the beginning. */
  toTop(): void {
    if (this.#rows) this.#rows.scrollTop = 0;
    this.#viewport = { ...this.#viewport, top: 0 };
  }

  hostUpdated(): void {
    const rows = this.#rows ?? undefined;
    if (rows !== this.#observed) {
      this.#resize?.disconnect();
      this.#observed = rows;
      if (rows) {
        this.#resize = new ResizeObserver(() => this.handleScroll());
        this.#resize.observe(rows);
      }
    }
    if (!rows) return;
    const { first, end } = this.range;
    const { rowHeight } = this.#viewport;
    const space = (name: string, count: number) =>
      rows.querySelector<HTMLElement>(name)?.style.setProperty('block-size', `${count * rowHeight}px`);
    space('.before', first);
    space('.after', this.#count() - end);
  }

  hostDisconnected(): void {
    this.#resize?.disconnect();
    this.#observed = undefined;
  }

  get #rows(): HTMLElement | null {
    return this.#host.renderRoot?.querySelector<HTMLElement>('.rows') ?? null;
  }
}
