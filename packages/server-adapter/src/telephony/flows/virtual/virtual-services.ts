import type { Tx } from '../../../store/store.ts';
import type { FlowServices } from '../call-session.ts';
import type { VirtualPolicy } from './options.ts';

/** A text message to a field caller, as the messages take it. */
export interface MissedCallMessage {
  readonly to: string;
  readonly template: 'field-missed-call';
  /** `exchange` is the number to ring back; no number of a person is in it. */
  readonly values: { readonly ordinal: number; readonly project: string; readonly exchange: string };
  readonly locale: 'en' | 'fa' | 'cs';
  readonly purpose: 'field-missed-call';
  readonly dedupeKey: string;
  readonly sendBefore: Date;
}

/** What calls through fictitious numbers share. */
export interface VirtualServices extends FlowServices {
  readonly virtual: VirtualPolicy;
  /** The calendar day of an instant where the house is. */
  readonly dayOf: (at: Date) => string;
  /** Queued in the same write as the missed call itself. */
  readonly sendMessage: (tx: Tx, message: MissedCallMessage) => Promise<unknown>;
}
