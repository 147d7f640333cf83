import { noScanner } from '../connectors/scanner/none.ts';
import type { Domain } from '../domain.ts';
import type { Tx } from '../store/store.ts';
import { forgetLoose } from './attachments/forget-loose.ts';
import { createAttachmentOperations } from './attachments/operations.ts';
import { createScanWorker } from './attachments/scan.ts';
import { type CloseOfDevice, closeOfDevice, countOpenOfDevice } from './close-of-device.ts';
import { createCustomerOperations } from './customer-operations.ts';
import { createGoals } from './goals.ts';
import type { TicketParts } from './parts.ts';
import { type TicketsOptions, ticketPolicy } from './policy.ts';
import { createTicketReads } from './read-operations.ts';
import type { Db } from './rows.ts';
import { createStaffOperations } from './staff-operations.ts';

export interface CreateTicketsOptions extends TicketParts {
  readonly options: TicketsOptions | undefined;
  readonly onError: (error: unknown) => void;
  /** For tests: the pauses after a scan that failed. */
  readonly scanBackoffMs?: readonly number[];
}

export interface Tickets extends Domain {
  /** Has all files looked at that wait for it; for tests and for a clean shut-down. */
  scanAll(): Promise<void>;
  countOpenOfDevice(db: Db, deviceId: string): Promise<number>;
  /** Closes what is open of a device that changes hands; in the very write in which it does. */
  closeOfDevice(tx: Tx, input: CloseOfDevice): Promise<void>;
}

const HOUR_MS = 3_600_000;

/** Support tickets (D6): correspondence about a device between its owner and the technical team. */
export function createTickets({ options, onError, scanBackoffMs, ...parts }: CreateTicketsOptions): Tickets {
  const policy = ticketPolicy(options);
  const goals = createGoals(policy);
  const { store, calls, clock, files } = parts;
  const scans =
    files &&
    createScanWorker({
      store,
      files,
      calls,
      clock,
      onError,
      scanner: options?.scanner ?? noScanner(),
      ...(scanBackoffMs === undefined ? {} : { backoffMs: scanBackoffMs }),
    });
  return {
    operations: {
      tickets: {
        ...createTicketReads(parts, policy),
        ...createCustomerOperations(parts, policy, goals),
        ...createStaffOperations(parts, policy, goals),
      },
      ticketAttachments: createAttachmentOperations({ parts, policy, wake: () => scans?.wake(), onError }),
    },
    chores:
      files === undefined
        ? []
        : [{ name: 'loose-attachments', everyMs: HOUR_MS, run: () => forgetLoose(store, files, clock) }],
    start: () => scans?.start(),
    stop: async () => scans?.stop(),
    scanAll: async () => scans?.drain(),
    countOpenOfDevice,
    closeOfDevice: (tx, input) => closeOfDevice(tx, { parts, goals }, input),
  };
}
