import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Summary } from '../reporters/summary-file.ts';

export type { Summary };

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** With CI=true nothing may be left out: whatever is skipped counts as a failure. */
export const strict = process.env.CI === 'true';

/** One part of the gate. Its checks are counted like tests. */
export interface Stage {
  name: string;
  title: string;
  run(): Promise<Summary>;
}

/** Counts checks one by one, and says each as it ends. */
export class Checks implements Summary {
  passed = 0;
  failed = 0;
  skipped = 0;
  notes: string[] = [];

  async check(what: string, body: () => Promise<string | undefined>): Promise<boolean> {
    const started = Date.now();
    let problem: string | undefined;
    try {
      problem = (await body()) || undefined;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    if (problem === undefined) {
      this.passed++;
      console.log(`  ✓ ${what} (${seconds} s)`);
      return true;
    }
    this.failed++;
    this.notes.push(`failed: ${what}: ${problem.split('\n')[0]}`);
    console.log(`  ✗ ${what} (${seconds} s)\n${problem.replace(/^/gm, '    ')}`);
    return false;
  }

  skip(what: string, reason: string): void {
    this.skipped++;
    this.notes.push(`skipped: ${what} — ${reason}`);
    console.log(`  – ${what}: ${reason}`);
  }
}

const running = new Set<ChildProcess>();
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let interrupted = false;

function interrupt(signal: NodeJS.Signals): void {
  interrupted = true;
  // A terminal's Ctrl+C reaches the children by itself; twice would make them drop their own cleaning up.
  if (signal !== 'SIGINT') for (const child of running) child.kill(signal);
}

/** Signals are ours only while a command runs: a script that imports this may have its own children to end. */
function watchOver(child: ChildProcess): void {
  if (running.size === 0) for (const signal of stopSignals) process.on(signal, interrupt);
  running.add(child);
  child.on('close', () => {
    running.delete(child);
    if (running.size > 0) return;
    for (const signal of stopSignals) process.off(signal, interrupt);
    if (interrupted) process.exit(130);
  });
}

export interface CommandOptions {
  /** Shows the output while the command runs; otherwise it is collected and returned. */
  show?: boolean;
  cwd?: string;
  env?: Record<string, string | undefined>;
  /** Ends a command that hangs; it then counts as failed. */
  limitMinutes?: number;
}

export interface CommandResult {
  code: number;
  output: string;
}

/** Runs a program from node_modules/.bin or the PATH, from the project's root. */
export function command(program: string, args: string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      stdio: options.show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...options.env },
    });
    watchOver(child);
    const { limitMinutes } = options;
    const limit = limitMinutes
      ? setTimeout(() => {
          console.error(`${program} did not end within ${limitMinutes} minutes: stopping it`);
          child.kill('SIGTERM');
          setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
        }, limitMinutes * 60_000)
      : undefined;
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      resolve({ code: code ?? (signal ? 128 : 1), output });
    });
  });
}

/** The output of a command as a problem when it failed: the form that {@link Checks.check} takes. */
export async function mustSucceed(
  program: string,
  args: string[],
  options?: CommandOptions,
): Promise<string | undefined> {
  const { code, output } = await command(program, args, options);
  return code === 0 ? undefined : `${program} ${args.join(' ')} ended with code ${code}\n${output.trim()}`;
}
