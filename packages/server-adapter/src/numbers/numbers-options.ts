import type { Role } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { Store, Tx } from '../store/store.ts';
import type { FieldCallControl } from './field-call-control.ts';
import type { NumbersContext } from './numbers-context.ts';

export interface NumbersOptions extends NumbersContext {
  readonly clock: Clock;
  /** Whether an account is active and has a role. */
  readonly hasRole: (tx: Tx, accountId: string, role: Role) => Promise<boolean>;
  /** How the account of a field caller is reached. */
  readonly phoneOf: (
    db: Store['db'],
    accountId: string,
  ) => Promise<{ kind: 'browser' | 'number'; username: string } | undefined>;
  /** The flow that carries calls; undefined: there are none. */
  readonly control: FieldCallControl | undefined;
  readonly accessNumber: string | null;
  readonly exchangeNumber: string | null;
  readonly onError: (error: unknown) => void;
}
