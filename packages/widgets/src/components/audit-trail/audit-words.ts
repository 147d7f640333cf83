import type { Formats } from '../../formats/formats.ts';
import type { BuyerTerms } from '../../translations/buyer-terms.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^\+\d{7,15}$/;

/** A value of the audit as people read it: whatever the field, since new kinds of master data come with their own. */
export function auditValueWords(field: string, value: unknown, t: BuyerTerms, formats: Formats): string {
  if (value === null || value === undefined || value === '') return t.audit.nothing;
  if (typeof value === 'boolean') return value ? t.audit.yes : t.audit.no;
  if (typeof value === 'number') return formats.number(value);
  if (typeof value === 'string') {
    if (INSTANT.test(value)) return formats.dateTime(value);
    if (DAY.test(value)) return formats.day(value);
    if (NUMBER.test(value)) return `\u2066${formats.phone(value)}\u2069`;
    if (field === 'locale') return (t.language as Readonly<Record<string, string>>)[value] ?? value;
    return formats.digits(value);
  }
  const parts: unknown[] = Array.isArray(value) ? value : addressFirst(value as Record<string, unknown>);
  return parts.map((part) => auditValueWords('', part, t, formats)).join(formats.locale === 'fa' ? '، ' : ', ');
}

/** The chain sorts names of fields; an address is read from the city to the building. */
function addressFirst(value: Record<string, unknown>): unknown[] {
  const { city, street, building, ...rest } = value;
  return [city, street, building, ...Object.values(rest)].filter((part) => part !== undefined);
}
