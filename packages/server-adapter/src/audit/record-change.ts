import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import { newId } from '../id.ts';
import type { Tx } from '../store/store.ts';

export type Changes = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;

export interface ChangeRecord {
  /** Account id, or `system`. */
  readonly actor: string;
  /** What was changed: `device:<id>`. */
  readonly subject: string;
  readonly changes: Changes;
  readonly reason?: string | undefined;
}

/** Action of the line in the chain that stands for a change. */
export const CHANGE_RECORDED = 'change.recorded';

/**
 * Keeps a change of master data, field by field, in the write that makes it. The values stand in a table of their own;
 * the chain holds the names of the fields and a salted digest of the values, so that nothing personal is in it and an
 * altered value shows all the same. A record without any change is not written.
 */
export async function recordChange(tx: Tx, { actor, subject, changes, reason }: ChangeRecord): Promise<void> {
  const fields = Object.keys(changes);
  if (fields.length === 0) return;
  const id = newId('change', tx.now);
  const values = canonicalJson(
    Object.fromEntries(
      fields.map((field) => [field, { from: changes[field]?.from ?? null, to: changes[field]?.to ?? null }]),
    ),
  );
  const nonce = randomBytes(16).toString('base64url');
  await tx.db
    .insertInto('changes')
    .values({ id, at: tx.now.toISOString(), actor, subject, changes: values, reason: reason ?? null, nonce })
    .execute();
  await tx.record({
    actor,
    action: CHANGE_RECORDED,
    subject,
    data: { change: id, fields: fields.sort(), digest: changeDigest(nonce, values, reason ?? null) },
  });
}

/** SHA-256 over the salt, the reason and the values as they are stored. */
export function changeDigest(nonce: string, values: string, reason: string | null): string {
  return createHash('sha256').update(canonicalJson({ nonce, reason, values })).digest('hex');
}

/** The fields of a record that differ between two states of it; structures are compared by value. */
export function changesBetween<T extends object>(
  before: Partial<T> | undefined,
  after: T,
  fields: readonly (keyof T & string)[],
): Changes {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const from = before?.[field] ?? null;
      const to = after[field] ?? null;
      return canonicalJson(from) === canonicalJson(to) ? [] : [[field, { from, to }]];
    }),
  );
}
