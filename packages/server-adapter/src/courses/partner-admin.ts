import type { CoursePartner, contract, PartnerKey } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { CoursesContext, Db } from './courses-context.ts';
import { PARTNER_OUTBOX } from './outbox-entries.ts';
import { issueKey, webhookSecret } from './partner-keys.ts';
import { checkedWebhook } from './partner-webhooks.ts';
import { revenueOf } from './revenue.ts';

const HOUR = 3_600_000;

/** The contract's `coursePartners`: partners as managers keep them. */
export function createPartnerAdmin(context: CoursesContext): Implementation<typeof contract.coursePartners> {
  const { store, secrets } = context;
  const note = (action: string, partnerId: string, data: Record<string, unknown> = {}) => ({
    action: `course-partner.${action}`,
    subject: `course-partner:${partnerId}`,
    data,
  });

  return {
    async list() {
      const rows = await store.db.selectFrom('course_partners').select('id').orderBy('id').limit(200).execute();
      return { partners: await Promise.all(rows.map(({ id }) => requirePartner(store.db, id))) };
    },
    create: {
      async write(tx, { name, webhookUrl }, { caller }) {
        const id = newId('partner', tx.now);
        const webhook_url = checkedWebhook(webhookUrl);
        await tx.db
          .insertInto('course_partners')
          .values({ id, name, active: 1, webhook_url, webhook_secret_version: 0, created_at: tx.now.toISOString() })
          .execute();
        await tx.record({ actor: caller.accountId, ...note('created', id) });
        return requirePartner(tx.db, id);
      },
    },
    update: {
      async write(tx, { partnerId, name, active, webhookUrl }, { caller }) {
        await requirePartner(tx.db, partnerId);
        await tx.db
          .updateTable('course_partners')
          .set({ name, active: active ? 1 : 0, webhook_url: checkedWebhook(webhookUrl) })
          .where('id', '=', partnerId)
          .execute();
        await tx.record({ actor: caller.accountId, ...note('changed', partnerId, { active }) });
        return requirePartner(tx.db, partnerId);
      },
    },
    issueKey: {
      async write(tx, { partnerId, scopes, olderEndAfterHours }, { caller }) {
        await requirePartner(tx.db, partnerId);
        const olderEndAt = new Date(tx.now.getTime() + olderEndAfterHours * HOUR).toISOString();
        const { keyId, key } = await issueKey(tx, secrets, { partnerId, scopes, olderEndAt });
        await tx.record({ actor: caller.accountId, ...note('key-issued', partnerId, { key: keyId, scopes }) });
        return { partner: await requirePartner(tx.db, partnerId), key };
      },
    },
    revokeKey: {
      async write(tx, { partnerId, keyId }, { caller }) {
        const now = tx.now.toISOString();
        const partner = await requirePartner(tx.db, partnerId);
        const key = partner.keys.find(({ id }) => id === keyId);
        if (key === undefined) throw new Problem('not-found', 'The partner has no such key.');
        if (key.endsAt !== null && key.endsAt <= now) return partner;
        await tx.db.updateTable('course_partner_keys').set({ ends_at: now }).where('id', '=', keyId).execute();
        await tx.record({ actor: caller.accountId, ...note('key-revoked', partnerId, { key: keyId }) });
        return requirePartner(tx.db, partnerId);
      },
    },
    issueWebhookSecret: {
      async write(tx, { partnerId }, { caller }) {
        await requirePartner(tx.db, partnerId);
        const { webhook_secret_version: version } = await tx.db
          .updateTable('course_partners')
          .set((eb) => ({ webhook_secret_version: eb('webhook_secret_version', '+', 1) }))
          .where('id', '=', partnerId)
          .returning('webhook_secret_version')
          .executeTakeFirstOrThrow();
        await tx.record({ actor: caller.accountId, ...note('webhook-secret-issued', partnerId, { version }) });
        return {
          partner: await requirePartner(tx.db, partnerId),
          secret: webhookSecret(secrets, partnerId, version),
        };
      },
    },
    async revenue({ partnerId }) {
      await requirePartner(store.db, partnerId);
      return { months: await revenueOf(context, partnerId) };
    },
  };
}

async function requirePartner(db: Db, partnerId: string): Promise<CoursePartner> {
  const row = await db.selectFrom('course_partners').selectAll().where('id', '=', partnerId).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no partner ${partnerId}.`);
  const keys = await db
    .selectFrom('course_partner_keys')
    .selectAll()
    .where('partner_id', '=', partnerId)
    .orderBy('id', 'desc')
    .limit(20)
    .execute();
  const { waiting } = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number | string>().as('waiting'))
    .where('kind', '=', PARTNER_OUTBOX)
    .where('subject', '=', `course-partner:${partnerId}`)
    .where('delivered_at', 'is', null)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    name: row.name,
    active: row.active === 1,
    webhookUrl: row.webhook_url,
    webhookWaiting: Number(waiting),
    keys: keys.map(
      (key): PartnerKey => ({
        id: key.id,
        scopes: JSON.parse(key.scopes) as PartnerKey['scopes'],
        createdAt: key.created_at,
        endsAt: key.ends_at,
        lastUsedAt: key.last_used_at,
      }),
    ),
  };
}
