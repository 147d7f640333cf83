import type { Domain } from '../domain.ts';
import type { Operations } from '../http/routes.ts';
import { createRefusedAttempts } from './attempts.ts';
import { createFictitiousNumbers } from './fictitious-numbers.ts';
import { createFieldCallers } from './field-callers.ts';
import { createFieldCalls } from './field-calls.ts';
import type { NumbersOptions } from './numbers-options.ts';
import { endOverdue } from './overdue.ts';
import { createPairings } from './pairings.ts';
import { createProjects } from './projects.ts';

const SWEEP_MS = 3_600_000;

export interface Numbers extends Domain {
  readonly operations: Operations;
  /** Writes what the calendar has ended; for tests, and once an hour by itself. */
  endOverdue(): Promise<void>;
}

/** Projects, fictitious numbers, field callers, pairings, and what field callers see of their calls. */
export function createNumbers(options: NumbersOptions): Numbers {
  const { store, dayOf, onError } = options;
  let timer: NodeJS.Timeout | undefined;
  const sweep = () => store.write((tx) => endOverdue(tx, dayOf(tx.now)));
  return {
    operations: {
      projects: createProjects(options),
      fictitiousNumbers: createFictitiousNumbers(options),
      fieldCallers: createFieldCallers(options, options.hasRole),
      pairings: createPairings(options),
      refusedAttempts: createRefusedAttempts(store),
      fieldCalls: createFieldCalls(options),
    },
    endOverdue: sweep,
    async start() {
      await sweep().catch(onError);
      timer = setInterval(() => void sweep().catch(onError), SWEEP_MS).unref();
    },
    async stop() {
      clearInterval(timer);
    },
  };
}
