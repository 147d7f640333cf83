import type { CallPortal } from '@callweave/sdk/protocol';
import { type CallRow, findCall, updateCall } from '../../calls/index.ts';
import type { Clock } from '../../clock.ts';
import type { Directory } from '../../customers/index.ts';
import type { Store } from '../../store/store.ts';
import type { FlowLogger } from './logger.ts';

/** What a customer has who has bought devices; undefined of anybody else. */
export type PortalOf = (db: Store['db'], customerId: string) => Promise<CallPortal | undefined>;

export interface CallerStandingParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly portalOf: PortalOf | undefined;
  readonly clock: Clock;
  readonly logger: FlowLogger;
}

/** The host's own customer base may be slow: what it says later than this is said too late. */
const LATEST_MS = 5000;

/**
 * What the house knows of a caller besides who they are (G6): told as soon as it is known. A call that rings waits for none
 * of it, and none that fails touches the call.
 */
export class CallerStanding {
  readonly #parts: CallerStandingParts;

  constructor(parts: CallerStandingParts) {
    this.#parts = parts;
  }

  tell(callId: string, customerId: string): void {
    const { store, directory, portalOf } = this.#parts;
    this.#ask(callId, customerId, 'entitlement', directory.entitlement?.(customerId));
    const portal = portalOf?.(store.db, customerId).then((figures) => figures && JSON.stringify(figures));
    this.#ask(callId, customerId, 'portal', portal);
  }

  #ask(
    callId: string,
    customerId: string,
    column: 'entitlement' | 'portal',
    answer: Promise<string | undefined> | undefined,
  ): void {
    const { clock, logger } = this.#parts;
    const asked = clock.now().getTime();
    answer
      ?.then(async (value) => {
        if (value === undefined || clock.now().getTime() - asked > LATEST_MS) return;
        await this.#write(callId, customerId, { [column]: value });
      })
      .catch((error: unknown) => logger.warn(`What the caller of ${callId} is entitled to is not known.`, error));
  }

  async #write(callId: string, customerId: string, columns: Partial<CallRow>): Promise<void> {
    await this.#parts.store.write(async (tx) => {
      const row = await findCall(tx.db, callId);
      // Meanwhile it may be over, or somebody else may be calling.
      if (row?.customer_id === customerId && row.state !== 'ended') await updateCall(tx, row, columns);
    });
  }
}
