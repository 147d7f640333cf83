import { createServer } from 'node:net';

/**
 * The port to open: the one that is asked for, else the usual one, else any that is free. Two desks on one data folder
 * would disturb each other, so a desk that is open already is told apart from some other program.
 */
export async function choosePort(asked: string | undefined, usual = 3000): Promise<number> {
  if (asked !== undefined) return Number(asked);
  if (await isFree(usual)) return usual;
  const url = `http://127.0.0.1:${usual}`;
  if (await isDesk(url))
    throw new Error(
      `A desk is open at ${url} already. Use that one, or stop it, or start another with PORT and DATA set.`,
    );
  return 0;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

const isDesk = (url: string): Promise<boolean> =>
  fetch(`${url}/callweave/health`, { signal: AbortSignal.timeout(2_000) })
    .then(async (response) => 'store' in ((await response.json()) as object))
    .catch(() => false);
