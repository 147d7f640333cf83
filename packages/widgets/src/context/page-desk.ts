import { type Readable, Value } from '@callweave/sdk';
import type { DeskHandle } from './desk-context.ts';

/**
 * The page's desk: that of the first `<cw-desk>` in the document. A widget that stands outside every `<cw-desk>` takes
 * it, so that a server-rendered page can put the badge in its header and the desk anywhere.
 */
const present = new Value<DeskHandle | undefined>(undefined);
const offered = new Map<object, DeskHandle>();

export const pageDesk: Readable<DeskHandle | undefined> = present;

/** Offers or renews the desk of one provider; undefined takes it back. */
export function offerPageDesk(provider: object, handle: DeskHandle | undefined): void {
  if (handle) offered.set(provider, handle);
  else offered.delete(provider);
  const [first] = offered.values();
  present.set(first);
}
