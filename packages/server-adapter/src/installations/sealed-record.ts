import { createHash } from 'node:crypto';
import type { Locale } from '@callweave/sdk/protocol';
import { canonicalJson } from '../canonical-json.ts';
import type { Store } from '../store/store.ts';

/**
 * What a buyer confirmed, and who, when and from where. It is kept with the installation; the chain has its digest alone,
 * because names of people and their addresses do not belong in a chain that nothing can be taken out of.
 */
export interface SealedRecord {
  readonly installationId: string;
  readonly deviceId: string;
  readonly customerId: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly at: string;
  /** As the server saw them; empty where it could not. */
  readonly address: string;
  readonly userAgent: string;
  readonly locale: Locale;
  readonly text: string;
  readonly checklistId: string;
  readonly checklistVersion: number;
  readonly ticked: readonly string[];
  readonly installedOn: string;
  readonly preparedBy: string;
  readonly preparedAt: string;
  readonly code: string;
  /** Random, so that nobody can try out from the digest what stands here. */
  readonly salt: string;
}

export const CONFIRMED = 'installation.confirmed';
export const PUBLISHED = 'checklist.published';

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
export const sealText = (record: SealedRecord): string => canonicalJson(record);

/** Undefined for what somebody made unreadable. */
export function readRecord(text: string | null): SealedRecord | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as SealedRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** An installation as it stands in the tables, with its checklist and the days of its device, for whoever checks it. */
export async function findSealedInstallation(db: Store['db'], installationId: string) {
  return db
    .selectFrom('installations')
    .innerJoin('checklists', 'checklists.id', 'installations.checklist_id')
    .selectAll('installations')
    .select(['checklists.version', 'checklists.items', 'checklists.type_id'])
    .where('installations.id', '=', installationId)
    .executeTakeFirst();
}

export type SealedInstallation = NonNullable<Awaited<ReturnType<typeof findSealedInstallation>>>;
