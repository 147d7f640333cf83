import type { AuditEntry, contract } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import { linesAbout } from '../evidence/index.ts';
import type { Implementation } from '../http/operation.ts';
import type { Database } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { CHANGE_RECORDED, changeDigest } from './record-change.ts';

export interface AuditParts {
  readonly store: Store;
  /** Names of accounts, by id. */
  readonly accountNames: (db: Kysely<Database>, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** The contract's `audit`. */
export function createAudit({ store, accountNames }: AuditParts): Implementation<typeof contract.audit> {
  return {
    async list({ subject, before, limit }) {
      const rows = await store.db
        .selectFrom('changes')
        .selectAll()
        .where('subject', '=', subject)
        .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const shown = rows.slice(0, limit);
      const names = await accountNames(store.db, [...new Set(shown.map(({ actor }) => actor))]);
      const digests = await digestsOf(store.db, subject);
      const entries = shown.map((row): AuditEntry => {
        const changes = readChanges(row.changes);
        return {
          id: row.id,
          at: row.at,
          actor: row.actor,
          actorName: names.get(row.actor) ?? null,
          subject: row.subject,
          changes: changes ?? {},
          reason: row.reason,
          intact: changes !== undefined && digests.get(row.id) === changeDigest(row.nonce, row.changes, row.reason),
        };
      });
      return { entries, more: rows.length > limit };
    },
  };
}

/** What the chain says of each change of a subject, by the id of the change. */
async function digestsOf(db: Kysely<Database>, subject: string): Promise<ReadonlyMap<string, string>> {
  const lines = await linesAbout(db, [subject]);
  return new Map(
    lines.flatMap(({ action, data }) =>
      action === CHANGE_RECORDED ? [[String(data['change']), String(data['digest'])] as const] : [],
    ),
  );
}

/** An altered row must still be shown. */
function readChanges(text: string): AuditEntry['changes'] | undefined {
  try {
    return JSON.parse(text) as AuditEntry['changes'];
  } catch {
    return undefined;
  }
}
