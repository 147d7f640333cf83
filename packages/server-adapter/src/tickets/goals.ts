import type { TicketPriority } from '@callweave/sdk/protocol';
import type { TicketPolicy } from './policy.ts';
import type { TicketRow } from './rows.ts';
import { afterWorkingTime, workingTimeBetween } from './working-time.ts';

const MINUTE = 60_000;

/** The columns that tell whether promises are kept. */
export type GoalColumns = Pick<
  TicketRow,
  | 'first_answer_due'
  | 'first_answered_at'
  | 'first_answer_late'
  | 'resolution_since'
  | 'resolution_spent_ms'
  | 'resolution_due'
  | 'resolved_at'
  | 'resolution_late'
  | 'next_due'
>;

export interface Goals {
  /** Both clocks start. */
  begun(priority: TicketPriority, now: Date): GoalColumns;
  /** The technical team has answered, or the ticket is closed: from now on it waits for nobody here. */
  settled(row: TicketRow, now: Date, answered: boolean): GoalColumns;
  /** It waits for the technical team again: what is left of the time runs on. */
  resumed(row: TicketRow, now: Date): GoalColumns;
  /** Other times are promised, from the beginning. */
  reprioritised(row: TicketRow, priority: TicketPriority): GoalColumns;
}

export function createGoals({ hours, goals }: TicketPolicy): Goals {
  const due = (from: Date, ms: number) => afterWorkingTime(hours, from, Math.max(0, ms))?.toISOString() ?? null;
  const firstAnswer = (priority: string) => goals[priority as TicketPriority].firstAnswerMinutes * MINUTE;
  const resolution = (priority: string) => goals[priority as TicketPriority].resolutionMinutes * MINUTE;
  const isLate = (dueAt: string | null, now: Date) => dueAt !== null && dueAt < now.toISOString();
  const withNext = (columns: Omit<GoalColumns, 'next_due'>): GoalColumns => {
    const [next = null] = [columns.first_answer_due, columns.resolution_due].filter((each) => each !== null).sort();
    return { ...columns, next_due: next };
  };
  const present = (row: TicketRow): Omit<GoalColumns, 'next_due'> => ({
    first_answer_due: row.first_answer_due,
    first_answered_at: row.first_answered_at,
    first_answer_late: row.first_answer_late,
    resolution_since: row.resolution_since,
    resolution_spent_ms: row.resolution_spent_ms,
    resolution_due: row.resolution_due,
    resolved_at: row.resolved_at,
    resolution_late: row.resolution_late,
  });

  return {
    begun: (priority, now) =>
      withNext({
        first_answer_due: due(now, firstAnswer(priority)),
        first_answered_at: null,
        first_answer_late: 0,
        resolution_since: now.toISOString(),
        resolution_spent_ms: 0,
        resolution_due: due(now, resolution(priority)),
        resolved_at: null,
        resolution_late: 0,
      }),

    settled(row, now, answered) {
      const first = answered && row.first_answered_at === null;
      const since = row.resolution_since;
      return withNext({
        ...present(row),
        first_answer_due: null,
        first_answered_at: first ? now.toISOString() : row.first_answered_at,
        first_answer_late: isLate(row.first_answer_due, now) ? 1 : row.first_answer_late,
        resolution_since: null,
        resolution_spent_ms:
          row.resolution_spent_ms + (since === null ? 0 : workingTimeBetween(hours, new Date(since), now)),
        resolution_due: null,
        resolved_at: since === null ? row.resolved_at : now.toISOString(),
        resolution_late: isLate(row.resolution_due, now) ? 1 : row.resolution_late,
      });
    },

    resumed(row, now) {
      if (row.resolution_since !== null) return withNext(present(row));
      return withNext({
        ...present(row),
        first_answer_due: row.first_answered_at === null ? due(now, firstAnswer(row.priority)) : null,
        resolution_since: now.toISOString(),
        resolution_due: due(now, resolution(row.priority) - row.resolution_spent_ms),
        resolved_at: null,
      });
    },

    reprioritised(row, priority) {
      const since = row.resolution_since;
      return withNext({
        ...present(row),
        first_answer_due: row.first_answer_due === null ? null : due(new Date(row.created_at), firstAnswer(priority)),
        resolution_due: since === null ? null : due(new Date(since), resolution(priority) - row.resolution_spent_ms),
      });
    },
  };
}
