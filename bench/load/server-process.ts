import { type ChildProcess, fork } from 'node:child_process';

/** A server under measurement, in a process of its own. */
export interface ServerProcess<Ready> {
  /** What it told when it was ready. */
  readonly ready: Ready;
  readonly pid: number;
  /** Asks it to do something on the side, such as to measure itself. */
  ask<Answer>(question: string): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts a file that calls `serveParent`; ends with this process in any case. */
export async function startServer<Ready>(
  file: URL,
  args: readonly string[] = [],
  execArgv: readonly string[] = [],
): Promise<ServerProcess<Ready>> {
  const child = fork(file, [...args], {
    execArgv: ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning', ...execArgv],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.removeListener('exit', endWithUs));
  const ready = await nextMessage<Ready>(child, file.pathname);
  return {
    ready,
    pid: child.pid ?? 0,
    async ask<Answer>(question: string): Promise<Answer> {
      const answer = nextMessage<Answer>(child, question);
      child.send(question);
      return answer;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const over = new Promise((resolve) => child.once('exit', resolve));
      const force = setTimeout(() => child.kill('SIGKILL'), 8_000);
      child.kill('SIGTERM');
      await over;
      clearTimeout(force);
    },
  };
}

function nextMessage<T>(child: ChildProcess, about: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null) =>
      reject(new Error(`The server ended with ${code} before it answered: ${about}`));
    child.once('exit', gone);
    child.once('message', (message) => {
      child.removeListener('exit', gone);
      resolve(message as T);
    });
  });
}

/** The other side: tells that it is ready, answers questions, and cleans up on SIGTERM. */
export function serveParent(
  ready: unknown,
  close: () => Promise<void> | void,
  answers: Readonly<Record<string, () => unknown>> = {},
): void {
  process.on('message', async (question) => {
    const [name = '', argument] = String(question).split(' ', 2);
    process.send?.((await (answers[name] as ((argument?: string) => unknown) | undefined)?.(argument)) ?? null);
  });
  process.once('SIGTERM', async () => {
    await close();
    process.exit(0);
  });
  process.once('disconnect', () => process.exit(1));
  process.send?.(ready);
}
