import type { Desk } from '@callweave/sdk';
import { createContext } from '@lit/context';

/** What `<cw-desk>` gives to the widgets below it. */
export interface DeskHandle {
  readonly desk: Desk;
  /** The language set on `<cw-desk>`; undefined: the language of the page around each widget. */
  readonly locale: string | undefined;
}

/** A registered symbol, so that two copies of this package on one page understand each other. */
export const deskContext = createContext<DeskHandle | undefined>(Symbol.for('callweave.desk'));
