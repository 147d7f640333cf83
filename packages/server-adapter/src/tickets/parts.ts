import type { Device, Difficulty, Entitlement, Locale } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import type { RecordingStore } from '../connectors/recordings/recording-store.ts';
import type { MessageSender } from '../messages/index.ts';
import type { Database } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { TicketCalls } from './standing.ts';

type Db = Kysely<Database>;

/** Work on a case, as it is charged. */
export interface CaseWork {
  readonly customerId: string;
  readonly deviceId: string;
  readonly ticketId: string;
  readonly difficulty: Difficulty;
  readonly quantity: number;
  readonly note: string;
  readonly actor: string;
  /** Names this piece of work, for ever. */
  readonly dedupeKey: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** What tickets ask of the other domains. */
export interface TicketParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly calls: TicketCalls;
  readonly messages: MessageSender;
  /** Where attachments are kept; undefined where there is no place for files. */
  readonly files: RecordingStore | undefined;
  findDevice(db: Db, deviceId: string): Promise<Device | undefined>;
  /** Whether new cases are taken for a device. */
  entitlement(db: Db, device: Device): Promise<Entitlement>;
  /** Charges for the work where the device is served per case; in the very write that records it. */
  recordWork(tx: Tx, work: CaseWork): Promise<unknown>;
  /** Active accounts of the technical team. */
  technicians(db: Db): Promise<readonly Person[]>;
  /** Where the notice of an answer goes; undefined: nowhere. */
  contact(db: Db, customerId: string): Promise<{ readonly telephone: string; readonly locale: Locale } | undefined>;
}
