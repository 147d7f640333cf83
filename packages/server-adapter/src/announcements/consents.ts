import {
  AnnouncementCategory,
  type AnnouncementCategory as Category,
  type MessageChannel as Channel,
  type Consent,
  MessageChannel,
} from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

export type LegalSms = 'always' | 'by-consent';

/** WhatsApp first where both are allowed: SMS then stands in for who is not reachable there. */
const PREFERENCE: readonly Channel[] = ['whatsapp', 'sms'];

const isFixed = (category: Category, channel: Channel, legalSms: LegalSms): boolean =>
  category === 'legal' && channel === 'sms' && legalSms === 'always';

/** By which channels each of these customers may get a message of a category. */
export async function allowedChannels(
  db: Kysely<Database>,
  customerIds: readonly string[],
  category: Category,
  legalSms: LegalSms,
): Promise<(customerId: string) => readonly Channel[]> {
  const rows =
    customerIds.length === 0
      ? []
      : await db
          .selectFrom('consents')
          .select(['customer_id', 'channel'])
          .where('customer_id', 'in', [...customerIds])
          .where('category', '=', category)
          .where('granted', '=', 1)
          .execute();
  const granted = new Set(rows.map(({ customer_id, channel }) => `${customer_id} ${channel}`));
  return (customerId) =>
    PREFERENCE.filter((channel) => isFixed(category, channel, legalSms) || granted.has(`${customerId} ${channel}`));
}

/** All of one buyer: also those of which nobody has said anything. */
export async function consentsOf(db: Kysely<Database>, customerId: string, legalSms: LegalSms): Promise<Consent[]> {
  const rows = await db.selectFrom('consents').selectAll().where('customer_id', '=', customerId).execute();
  return AnnouncementCategory.options.flatMap((category) =>
    MessageChannel.options.map((channel): Consent => {
      const row = rows.find((one) => one.category === category && one.channel === channel);
      const fixed = isFixed(category, channel, legalSms);
      return {
        category,
        channel,
        granted: fixed || row?.granted === 1,
        fixed,
        at: row?.at ?? null,
        source: row?.source ?? null,
      };
    }),
  );
}

/** Keeps the present state with its time and source; the history stands in the chain. */
export async function keepConsent(
  tx: Tx,
  customerId: string,
  { category, channel, granted }: { readonly category: Category; readonly channel: Channel; readonly granted: boolean },
  by: { readonly actor: string; readonly source: string },
): Promise<void> {
  const before = await tx.db
    .selectFrom('consents')
    .select('granted')
    .where('customer_id', '=', customerId)
    .where('category', '=', category)
    .where('channel', '=', channel)
    .executeTakeFirst();
  const bit = granted ? 1 : 0;
  if (before?.granted === bit) return;
  const set = { granted: bit, source: by.source, at: tx.now.toISOString() } as const;
  await tx.db
    .insertInto('consents')
    .values({ customer_id: customerId, category, channel, ...set })
    .onConflict((conflict) => conflict.columns(['customer_id', 'category', 'channel']).doUpdateSet(set))
    .execute();
  await tx.record({
    actor: by.actor,
    action: granted ? 'consent.given' : 'consent.taken-back',
    subject: `customer:${customerId}`,
    data: { category, channel, source: by.source },
  });
}
