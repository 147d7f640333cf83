import { PAIRING_COLUMNS } from '@callweave/sdk/protocol';
import { writeCsv } from '../csv.ts';
import { complete, stateOf } from './pairing-view.ts';
import type { Db } from './rows.ts';

/** Active pairings, in the columns that an import takes. */
export async function exportedPairings(db: Db, today: string): Promise<string> {
  const rows = await db.selectFrom('pairings').selectAll().where('state', '=', 'active').orderBy('id').execute();
  const whole = (await complete(db, rows)).filter((pairing) => stateOf(pairing, today) === 'active');
  return writeCsv([
    PAIRING_COLUMNS,
    ...whole.map(({ pairing, project, fieldCaller }) => [
      project.name,
      pairing.fictitious_number,
      fieldCaller.number,
      fieldCaller.name,
      pairing.expires_on ?? '',
      fieldCaller.locale,
    ]),
  ]);
}
