import type { Figure } from './figure.ts';
import type { ServerProcess } from './load/server-process.ts';
import type { Parts } from './servers/profile.ts';

/** Profiles a server while `work` runs, and says what each of the things that were done cost it, by part. */
export async function costByPart(
  server: ServerProcess<unknown>,
  one: string,
  work: () => Promise<number>,
): Promise<Figure[]> {
  await server.ask('profile');
  const count = await work();
  const parts = await server.ask<Parts>('parts');
  return Object.entries(parts)
    .filter(([part, ms]) => part !== 'waiting' && ms / count >= 0.005)
    .sort(([, a], [, b]) => b - a)
    .map(([part, ms]) => ({ what: `  of one ${one}: ${part}`, value: `${(ms / count).toFixed(3)} ms` }));
}
