import type { NumberingPlan } from '@callweave/sdk/protocol';
import { normalizeNumber } from '@callweave/sdk/protocol';

export interface VirtualNumbersOptions {
  /** The number that field callers ring to call out (E.164, or as the operator delivers it). */
  readonly accessNumber: string;
  /** The number that rings at field callers, and that they ring to return a missed call. */
  readonly exchangeNumber: string;
  /** How long a field caller's telephone rings when somebody calls them back. @default 25 */
  readonly ringSeconds?: number;
  /** How long a number that was dialled rings. @default 45 */
  readonly dialSeconds?: number;
  /** Who was called from a fictitious number so long ago is still known there. @default 30 */
  readonly recentDays?: number;
  /** How long a missed call can be returned. @default 72 */
  readonly callbackHours?: number;
  /** Mistakes at the keys after which the exchange says goodbye. @default 3 */
  readonly mistakes?: number;
}

export type VirtualPolicy = Required<VirtualNumbersOptions>;

export function virtualPolicy(options: VirtualNumbersOptions, plan: NumberingPlan): VirtualPolicy {
  const own = (name: 'accessNumber' | 'exchangeNumber') => {
    const number = normalizeNumber(options[name], plan);
    if (number === undefined)
      throw new Error(`virtualNumbers.${name} is no telephone number. Write it in E.164, as +420234234399.`);
    return number;
  };
  const accessNumber = own('accessNumber');
  const exchangeNumber = own('exchangeNumber');
  if (accessNumber === exchangeNumber)
    throw new Error('virtualNumbers.accessNumber and exchangeNumber must differ: each leads to a menu of its own.');
  return {
    ringSeconds: 25,
    dialSeconds: 45,
    recentDays: 30,
    callbackHours: 72,
    mistakes: 3,
    ...options,
    accessNumber,
    exchangeNumber,
  };
}
