import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { fictitiousNumbersRoutes } from '../http/routes/fictitious-numbers.ts';
import { fieldCallersRoutes } from '../http/routes/field-callers.ts';
import { pairingsRoutes } from '../http/routes/pairings.ts';
import { projectsRoutes } from '../http/routes/projects.ts';
import { refusedAttemptsRoutes } from '../http/routes/refused-attempts.ts';
import type { RefusedAttempt } from '../protocol/field-call.ts';
import type { FieldCaller, ImportReport, Pairing } from '../protocol/pairing.ts';
import type { FictitiousNumber, Project } from '../protocol/project.ts';
import { Loaded } from '../state/loaded.ts';
import type { Loadable, Readable } from '../state/readable.ts';

/** What managers keep: projects, fictitious numbers, field callers, and who calls through which (B2). */
export interface VirtualNumbers {
  /** Active ones. */
  readonly projects: Readable<Loadable<readonly Project[]>>;
  readonly numbers: Readable<Loadable<readonly FictitiousNumber[]>>;
  /** With their real numbers. */
  readonly fieldCallers: Readable<Loadable<readonly FieldCaller[]>>;
  /** Active pairings, all of them. */
  readonly pairings: Readable<Loadable<readonly Pairing[]>>;
  /** Begins to follow all of it; returns the function that ends it. */
  open(): () => void;
  createProject(input: Parameters<Client['projects']['create']>[0]): Promise<Project>;
  updateProject(input: Parameters<Client['projects']['update']>[0]): Promise<Project>;
  endProject(projectId: string): Promise<Project>;
  addNumber(number: string, projectId?: string): Promise<FictitiousNumber>;
  /** @param projectId null: back to the stock */
  assignNumber(numberId: string, projectId: string | null): Promise<FictitiousNumber>;
  removeNumber(numberId: string): Promise<void>;
  createFieldCaller(input: Parameters<Client['fieldCallers']['create']>[0]): Promise<FieldCaller>;
  updateFieldCaller(input: Parameters<Client['fieldCallers']['update']>[0]): Promise<FieldCaller>;
  pair(numberId: string, fieldCallerId: string, expiresOn?: string): Promise<Pairing>;
  /** @param expiresOn the last day; null: none */
  prolong(pairingId: string, expiresOn: string | null): Promise<Pairing>;
  endPairing(pairingId: string): Promise<Pairing>;
  /** Reads a CSV and tells what it would do, or does it: all of it, or nothing and what is wrong with each line. */
  importCsv(csv: string, options?: { readonly dryRun?: boolean }): Promise<ImportReport>;
  /** Where a browser downloads the active pairings as CSV. */
  readonly exportUrl: string;
  /** Who called one of our numbers in vain, the newest first. */
  refusedAttempts(limit?: number): Promise<readonly RefusedAttempt[]>;
}

export interface VirtualNumbersManager extends VirtualNumbers {
  reload(): void;
  reset(): void;
}

const PAGE = 1000;

type VirtualNumbersClient = Pick<
  Client,
  'projects' | 'fictitiousNumbers' | 'fieldCallers' | 'pairings' | 'refusedAttempts'
>;

export function createVirtualNumbers(client: VirtualNumbersClient, url: string): VirtualNumbersManager {
  const projects = new Loaded(async () => (await client.projects.list({})).projects as readonly Project[]);
  const numbers = new Loaded(
    async () => (await client.fictitiousNumbers.list({})).numbers as readonly FictitiousNumber[],
  );
  const fieldCallers = new Loaded(
    async () => (await client.fieldCallers.list({})).fieldCallers as readonly FieldCaller[],
  );
  const pairings = new Loaded(() => allPairings(client));
  const all = [projects, numbers, fieldCallers, pairings];
  const reload = () => {
    for (const one of all) one.reload();
  };
  return {
    projects: projects.state,
    numbers: numbers.state,
    fieldCallers: fieldCallers.state,
    pairings: pairings.state,
    open() {
      const ends = all.map((one) => one.open());
      return () => {
        for (const end of ends) end();
      };
    },
    reload,
    reset() {
      for (const one of all) one.reset();
    },
    createProject: (input) => client.projects.create(input),
    updateProject: (input) => client.projects.update(input),
    endProject: (projectId) => client.projects.end({ projectId }),
    addNumber: (number, projectId) =>
      client.fictitiousNumbers.create({ number, ...(projectId === undefined ? {} : { projectId }) }),
    assignNumber: (numberId, projectId) => client.fictitiousNumbers.assign({ numberId, projectId }),
    async removeNumber(numberId) {
      await client.fictitiousNumbers.remove({ numberId });
    },
    createFieldCaller: (input) => client.fieldCallers.create(input),
    updateFieldCaller: (input) => client.fieldCallers.update(input),
    pair: (numberId, fieldCallerId, expiresOn) =>
      client.pairings.create({ numberId, fieldCallerId, ...(expiresOn === undefined ? {} : { expiresOn }) }),
    prolong: (pairingId, expiresOn) => client.pairings.update({ pairingId, expiresOn }),
    endPairing: (pairingId) => client.pairings.end({ pairingId }),
    importCsv: (csv, { dryRun = false } = {}) => client.pairings.import({ csv, dryRun }),
    exportUrl: `${url.replace(/\/$/, '')}/pairings/export`,
    refusedAttempts: async (limit = 100) => (await client.refusedAttempts.list({ limit })).attempts,
  };
}

async function allPairings(client: Pick<Client, 'pairings'>): Promise<readonly Pairing[]> {
  const all: Pairing[] = [];
  for (;;) {
    const after = all.at(-1)?.id;
    const { pairings, more } = await client.pairings.list({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    all.push(...pairings);
    if (!more || pairings.length === 0) return all;
  }
}

/** Projects, fictitious numbers and who calls through them. */
export const virtualNumbers: Feature<VirtualNumbers> = {
  name: 'virtualNumbers',
  create({ clientFor, url, on, keep }) {
    const made = createVirtualNumbers(
      clientFor({
        projects: projectsRoutes,
        fictitiousNumbers: fictitiousNumbersRoutes,
        fieldCallers: fieldCallersRoutes,
        pairings: pairingsRoutes,
        refusedAttempts: refusedAttemptsRoutes,
      }),
      url,
    );
    on('pairings-changed', () => made.reload());
    keep(made);
    return made;
  },
};
