import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { PartnerScope } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Secrets } from '../secrets/hash.ts';
import type { Tx } from '../store/store.ts';
import type { CoursesContext } from './courses-context.ts';

const KEY = /^Bearer (cwp_(partnerkey_[0-9a-z]{23})\.[A-Za-z0-9_-]{43})$/;

/** 256 random bits cannot be guessed through: a keyed fingerprint keeps them as well as a slow hash. */
const fingerprintOf = (secrets: Secrets, key: string): string => secrets.fingerprint(`course-partner-key:${key}`);

/** Issues a key, which is told once and kept as a fingerprint. Older ones end by then. */
export async function issueKey(
  tx: Tx,
  secrets: Secrets,
  {
    partnerId,
    scopes,
    olderEndAt,
  }: { readonly partnerId: string; readonly scopes: readonly PartnerScope[]; readonly olderEndAt: string },
): Promise<{ keyId: string; key: string }> {
  const keyId = newId('partnerkey', tx.now);
  const key = `cwp_${keyId}.${randomBytes(32).toString('base64url')}`;
  await tx.db
    .updateTable('course_partner_keys')
    .set({ ends_at: olderEndAt })
    .where('partner_id', '=', partnerId)
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', olderEndAt)]))
    .execute();
  await tx.db
    .insertInto('course_partner_keys')
    .values({
      id: keyId,
      partner_id: partnerId,
      fingerprint: fingerprintOf(secrets, key),
      scopes: JSON.stringify([...new Set(scopes)]),
      created_at: tx.now.toISOString(),
      ends_at: null,
      last_used_at: null,
    })
    .execute();
  return { keyId, key };
}

/** Which partner asks, by the key in the header. Wrong, unknown, ended or of a partner that is off: all the same answer. */
export async function partnerOf(
  { store, clock, secrets }: CoursesContext,
  limit: (partnerId: string) => void,
  request: Request,
  scope: PartnerScope,
): Promise<{ readonly partnerId: string }> {
  const [, key = '', keyId = ''] = KEY.exec(request.headers.get('authorization') ?? '') ?? [];
  const row = await store.db
    .selectFrom('course_partner_keys as key')
    .innerJoin('course_partners as partner', 'partner.id', 'key.partner_id')
    .select(['key.id', 'key.partner_id', 'key.fingerprint', 'key.scopes', 'key.ends_at', 'key.last_used_at'])
    .where('key.id', '=', keyId)
    .where('partner.active', '=', 1)
    .executeTakeFirst();
  const given = Buffer.from(fingerprintOf(secrets, key));
  const kept = Buffer.from(row?.fingerprint ?? fingerprintOf(secrets, 'nobody'));
  const right = given.length === kept.length && timingSafeEqual(given, kept);
  const now = clock.now().toISOString();
  if (!right || row === undefined || (row.ends_at !== null && row.ends_at <= now))
    throw new Problem('partner-key', 'This needs a key of a partner.');
  limit(row.partner_id);
  if (!(JSON.parse(row.scopes) as string[]).includes(scope))
    throw new Problem('partner-scope', `This key does not open "${scope}".`);
  const today = `${now.slice(0, 10)}T00:00:00.000Z`;
  if (row.last_used_at !== today)
    await store.write((tx) =>
      tx.db.updateTable('course_partner_keys').set({ last_used_at: today }).where('id', '=', row.id).execute(),
    );
  return { partnerId: row.partner_id };
}

/** What webhooks are signed with. It follows from the pepper, so it stands in no table; another version is another secret. */
export function webhookSecret(secrets: Secrets, partnerId: string, version: number): string {
  const bytes = Buffer.from(secrets.fingerprint(`course-partner-webhook:${partnerId}:${version}`), 'base64url');
  return `whsec_${bytes.toString('base64')}`;
}
