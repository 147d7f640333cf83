import type { Formats } from '../../formats/formats.ts';
import type { TicketTerms } from '../../translations/ticket-terms.ts';

/** `25 MB`, `310 kB`: never less than one kilobyte. */
export function fileSize(bytes: number, terms: TicketTerms['attachments'], formats: Formats): string {
  const unit = bytes >= 1_000_000 ? 'MB' : 'kB';
  const size = bytes / (unit === 'MB' ? 1_000_000 : 1_000);
  const rounded = size >= 10 ? Math.round(size) : Math.max(unit === 'kB' ? 1 : 0, Math.round(size * 10) / 10);
  return terms.bytes(formats.number(rounded), unit);
}
