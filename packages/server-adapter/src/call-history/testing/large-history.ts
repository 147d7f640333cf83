import type { Store } from '../../store/store.ts';
import { reversed } from '../index-call.ts';

const OUTCOMES = ['answered', 'answered', 'answered', 'missed', 'abandoned'] as const;
const TAGS = ['complaint', 'vip', 'order'] as const;
const BATCH = 500;

/** A history of many calls, a minute apart, as it would have come about: agents, customers, queues, tags, numbers. */
export async function fillHistory(store: Store, calls: number, from = 0): Promise<void> {
  for (let start = from; start < from + calls; start += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, from + calls - start) }, (_, at) => historyRow(start + at));
    await store.write(async (tx) => {
      await tx.db.insertInto('call_history').values(rows).execute();
      await tx.db
        .insertInto('call_history_tags')
        .values(
          rows.flatMap(({ call_id, started_at }, at) => {
            const tag = TAGS[(start + at) % 5];
            return tag === undefined ? [] : [{ tag, started_at, call_id }];
          }),
        )
        .execute();
    });
  }
}

export function historyRow(index: number) {
  const number = `+98912${String((index * 7919) % 10_000_000).padStart(7, '0')}`;
  return {
    call_id: `call_${String(index).padStart(9, '0')}`,
    started_at: new Date(Date.parse('2026-01-01T00:00:00.000Z') + index * 60_000).toISOString(),
    kind: 'desk',
    direction: index % 4 === 0 ? 'outbound' : 'inbound',
    outcome: OUTCOMES[index % OUTCOMES.length] ?? 'answered',
    number,
    reversed_number: reversed(number),
    customer_id: `customer_${index % 2000}`,
    agent_id: `account_${index % 40}`,
    queue_id: index % 3 === 0 ? 'sales' : '',
  };
}
