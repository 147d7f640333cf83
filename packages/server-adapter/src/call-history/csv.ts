import type { Call } from '@callweave/sdk/protocol';

const COLUMNS: readonly (readonly [heading: string, of: (call: Call) => string | number | null])[] = [
  ['id', ({ id }) => id],
  ['kind', ({ kind }) => kind],
  ['direction', ({ direction }) => direction],
  ['started_at', ({ startedAt }) => startedAt],
  ['answered_at', ({ answeredAt }) => answeredAt],
  ['ended_at', ({ endedAt }) => endedAt],
  ['wait_seconds', ({ startedAt, answeredAt, endedAt }) => seconds(startedAt, answeredAt ?? endedAt)],
  ['talk_seconds', ({ answeredAt, endedAt }) => seconds(answeredAt, endedAt)],
  ['outcome', ({ outcome, state }) => outcome ?? state],
  ['caller_number', ({ callerNumber }) => callerNumber],
  ['called_number', ({ calledNumber }) => calledNumber],
  ['customer_id', ({ customer }) => customer?.id ?? ''],
  ['customer', ({ customer }) => customer?.name ?? ''],
  ['agent', ({ agent }) => agent?.name ?? ''],
  ['transfers', ({ transfers }) => transfers],
  ['tags', ({ tags }) => tags.join('; ')],
  ['disposition', ({ wrapUp }) => wrapUp?.disposition ?? ''],
  ['recording_id', ({ recording }) => recording.id],
];

const seconds = (from: string | null, to: string | null) =>
  from === null || to === null ? '' : Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));

export const CSV_HEAD = `${COLUMNS.map(([heading]) => heading).join(',')}\r\n`;
export const BYTE_ORDER_MARK = '\ufeff';

export function csvRow(call: Call): string {
  return `${COLUMNS.map(([, of]) => csvCell(of(call))).join(',')}\r\n`;
}

/**
 * One cell by RFC 4180. A text that a spreadsheet would take for a formula begins with an apostrophe: a customer's name
 * must not be able to run anything on the machine of whoever opens the table. Telephone numbers become text that way.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[\s]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value;
  return /[",\r\n;']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
