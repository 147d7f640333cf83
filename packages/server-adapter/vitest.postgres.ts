import type { TestProject } from 'vitest/node';
import { MissingComponentError } from '../../scripts/system/component.ts';
import { startPostgres } from '../../scripts/system/start-postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** One PostgreSQL cluster for the whole run; each suite makes its own database in it. */
    postgres: { readonly url: string } | { readonly missing: string };
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.CALLWEAVE_TEST_POSTGRES;
  if (given !== undefined && given !== '') {
    project.provide('postgres', { url: given });
    return undefined;
  }
  try {
    const { url, stop } = await startPostgres();
    project.provide('postgres', { url });
    return stop;
  } catch (error) {
    if (!(error instanceof MissingComponentError)) throw error;
    project.provide('postgres', { missing: error.message });
    return undefined;
  }
}
