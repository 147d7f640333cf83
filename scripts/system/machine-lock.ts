import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { progress } from './progress.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs `work` while this process alone on the machine holds the lock file. A lock whose holder died is taken over.
 * The pid is written in the same step that creates the file, so an empty lock is only seen for an instant.
 */
export async function withMachineLock<T>(component: string, path: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  let emptySince: number | undefined;
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = holderOf(path);
    if (holder === undefined) emptySince ??= Date.now();
    else emptySince = undefined;
    const abandoned = holder === undefined ? Date.now() - (emptySince ?? Date.now()) > 2000 : !isAlive(holder);
    if (abandoned) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) progress(component, `another process (${holder ?? 'starting'}) is preparing it; waiting`);
    told = true;
    await sleep(250);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
