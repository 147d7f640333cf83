import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

export interface OrphanGuard {
  /** The process was ended in the ordinary way. */
  release(): void;
}

/**
 * Ends a process of ours, and removes its folder, when this process dies in whatever way, SIGKILL and Ctrl-C included:
 * a shell waits on a pipe that only we hold open. Handlers of `exit` run in the gentle cases alone.
 */
export function guardOrphan(pid: number, signal: 'KILL' | 'QUIT', folder: string): OrphanGuard {
  const script =
    'trap "" INT TERM HUP; while read -r _; do :; done; kill -"$1" "$2" 2>/dev/null; sleep 1; rm -rf -- "$3"';
  // A session of its own: the Ctrl-C that ends us must not end it first.
  const guard = spawn('sh', ['-c', script, 'callweave-guard', signal, String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => undefined);
  guard.unref();
  (guard.stdin as Socket).unref();
  return { release: () => void guard.kill('SIGKILL') };
}
