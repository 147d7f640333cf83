import type { PhoneErrorInfo } from '../../errors/phone-error.ts';
import type { PhoneEvent } from '../events.ts';
import type { PhoneState } from '../state.ts';

/** What the tabs of one address of record say to each other. */
export type TabMessage =
  | { readonly type: 'hello'; readonly from: string }
  | {
      readonly type: 'snapshot';
      readonly from: string;
      readonly epoch: number;
      readonly rev: number;
      readonly snapshot: PhoneState;
    }
  | { readonly type: 'event'; readonly from: string; readonly epoch: number; readonly event: PhoneEvent }
  | {
      readonly type: 'command';
      readonly from: string;
      readonly id: string;
      readonly name: string;
      readonly args: readonly unknown[];
      readonly deadlineMs: number | null;
    }
  | { readonly type: 'accepted'; readonly from: string; readonly id: string }
  | { readonly type: 'result'; readonly from: string; readonly id: string; readonly value: unknown }
  | { readonly type: 'failure'; readonly from: string; readonly id: string; readonly error: PhoneErrorInfo }
  | { readonly type: 'cancel'; readonly from: string; readonly id: string };

const TYPES = new Set(['hello', 'snapshot', 'event', 'command', 'accepted', 'result', 'failure', 'cancel']);

export function isTabMessage(value: unknown): value is TabMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    TYPES.has((value as { type?: unknown }).type as string) &&
    typeof (value as { from?: unknown }).from === 'string'
  );
}
