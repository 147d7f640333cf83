import { type Desk, type Readable, Value } from '@callweave/sdk';

/** What `<cw-desk>` gives to widgets. */
export interface DeskHandle {
  readonly desk: Desk;
  /** The language set on `<cw-desk>`; undefined: the language of the page around each widget. */
  readonly locale: string | undefined;
}

/**
 * The desks of the page, by the element that provides them. A widget finds its own by looking upwards, so that the order
 * in which elements are defined and connected does not matter.
 */
const provided = new Map<Node, DeskHandle>();
const changes = new Value(0);

/** Changes whenever some desk of the page comes, goes or is replaced. */
export const deskChanges: Readable<number> = changes;

/** Provides a desk to everything inside an element; undefined takes it back. */
export function provideDesk(provider: Node, handle: DeskHandle | undefined): void {
  if (handle) provided.set(provider, handle);
  else provided.delete(provider);
  changes.set(changes.get() + 1);
}

/**
 * The desk of the nearest provider around an element, through shadow trees; else the first one of the page, so that a
 * server-rendered page can put the badge in its header and `<cw-desk>` anywhere.
 */
export function deskFor(element: Node): DeskHandle | undefined {
  for (let node: Node | null = element; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    const handle = provided.get(node);
    if (handle) return handle;
  }
  return provided.values().next().value;
}
