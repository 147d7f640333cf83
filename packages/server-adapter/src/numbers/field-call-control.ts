import type { WholePairing } from './pairing-view.ts';
import type { CaseRow } from './rows.ts';

export type FieldDevice =
  | { readonly kind: 'browser'; readonly account: string }
  | { readonly kind: 'number'; readonly number: string };

/** What the page asks of the telephone flow. */
export interface FieldCallControl {
  /**
   * Rings the field caller's own phone, then the other side. Refuses `in-a-call` while a call of theirs goes on.
   * @returns the call's id, when it rings
   */
  start(call: {
    readonly whole: WholePairing;
    readonly kind: 'out' | 'callback';
    readonly to: string;
    readonly caseRow?: CaseRow;
    readonly device: FieldDevice;
  }): Promise<string>;
  hangup(callId: string): Promise<void>;
}
