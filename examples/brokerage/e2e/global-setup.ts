import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureBundle } from '../../../scripts/build/bundle.ts';
import { startPortal } from './portal.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of a portal that was opened once: its people and customers exist, and nobody has called yet. */
    readonly openedPortal: string;
  }
}

/**
 * The portal serves the widgets as a host would, from the bundle; and it is filled once, since hashing every password
 * and answer anew for each story would take longer than the stories.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  await ensureBundle();
  const folder = await mkdtemp(join(tmpdir(), 'callweave-brokerage-opened-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await (await startPortal({ data: join(folder, 'data') })).stop();
  } catch (error) {
    await remove();
    throw error;
  }
  provide('openedPortal', join(folder, 'data'));
  return remove;
}
