import { expireKeptFiles, type Retention } from '../recordings/index.ts';
import { publishFax } from './fax-rows.ts';
import type { FaxShelf } from './store-fax.ts';

/** Ends faxes whose time is over. @returns how many */
export function expireFaxes({ store, files, binDays, onError }: FaxShelf, retention: Retention): Promise<number> {
  return expireKeptFiles(
    {
      store,
      files,
      table: 'faxes',
      kind: 'fax',
      states: ['received', 'failed'],
      endedAt: (row) => new Date(row.finished_at ?? row.started_at),
      publish: (tx, id) => publishFax(tx, id, binDays),
      onError,
    },
    retention,
  );
}
