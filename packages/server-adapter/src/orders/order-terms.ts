import { type CustomerKind, type Instrument, type OrderTerms, type Section, sectionOf } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import { instrumentsByCode } from '../instruments/index.ts';
import { Problem } from '../problem.ts';
import type { Database } from '../store/schema.ts';

export interface CheckedTerms {
  readonly instrument: Instrument;
  readonly section: Section;
}

/** Whether this customer may order on these terms today. */
export async function checkTerms(
  db: Kysely<Database>,
  terms: OrderTerms,
  customerKind: CustomerKind,
  today: string,
): Promise<CheckedTerms> {
  const instrument = (await instrumentsByCode(db, [terms.instrumentCode])).get(terms.instrumentCode);
  if (!instrument?.active) {
    throw new Problem('unknown-instrument', `There is no instrument ${terms.instrumentCode} that can be traded.`, {
      fields: [{ path: 'terms.instrumentCode', message: 'is not in the catalogue, or not traded now' }],
    });
  }
  const section = sectionOf(instrument.kind);
  if (customerKind !== 'both' && customerKind !== section) {
    throw new Problem(
      'wrong-section',
      `The customer trades ${customerKind}, and ${instrument.symbol} belongs to ${section}.`,
      { fields: [{ path: 'terms.instrumentCode', message: `belongs to ${section}` }] },
    );
  }
  const fields = [];
  if (terms.quantity % instrument.lot !== 0)
    fields.push({ path: 'terms.quantity', message: `must be a multiple of ${instrument.lot}` });
  if (terms.validity.kind === 'until' && terms.validity.day < today)
    fields.push({ path: 'terms.validity.day', message: 'must not be in the past' });
  if (fields.length > 0) throw new Problem('invalid-input', 'The terms cannot be used.', { fields });
  return { instrument, section };
}
