#!/usr/bin/env node
import { describeError } from '../logger.ts';
import { Problem } from '../problem.ts';
import type { Command } from './command.ts';
import { UsageError } from './command.ts';

/** Each command in a file of its own, loaded when it is called. */
const commands: Readonly<Record<string, { readonly summary: string; load(): Promise<Command> }>> = {
  serve: {
    summary: 'Run the adapter alone: SQLite file, embedded exchange',
    load: async () => (await import('./serve.ts')).serve,
  },
  'account create': {
    summary: 'Create an account, for example the first manager',
    load: async () => (await import('./account-create.ts')).accountCreate,
  },
  'exchange config': {
    summary: 'Write the configuration of Asterisk for agents and trunk',
    load: async () => (await import('./exchange-config.ts')).exchangeConfig,
  },
  'recordings rotate-keys': {
    summary: 'Give every encrypted recording the newest key',
    load: async () => (await import('./recordings-rotate-keys.ts')).recordingsRotateKeys,
  },
  'evidence verify': {
    summary: 'Prove an order, or name the first break',
    load: async () => (await import('./evidence-verify.ts')).evidenceVerify,
  },
};

function usage(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  callweave ${name.padEnd(width)}  ${summary}`);
  return ['Usage:', ...lines, '', 'callweave COMMAND --help tells the options of a command.'].join('\n');
}

async function main(argv: readonly string[]): Promise<number> {
  const name = Object.keys(commands).find((each) => each.split(' ').every((word, i) => argv[i] === word));
  const found = name === undefined ? undefined : commands[name];
  if (name === undefined || found === undefined) {
    const wanted = argv[0] === undefined || ['help', '--help', '-h'].includes(argv[0]);
    (wanted ? process.stdout : process.stderr).write(`${usage()}\n`);
    return wanted ? 0 : 2;
  }
  const command = await found.load();
  const rest = argv.slice(name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(`${command.usage}\n`);
    return 0;
  }
  return command.run(rest);
}

try {
  // Not process.exit(): what was written to a pipe would be lost.
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true)
    process.stderr.write(`${(error as Error).message}\n`);
  else if (error instanceof Problem) process.stderr.write(`${error.message} ${error.fix}\n`);
  else if (error instanceof Error)
    process.stderr.write(
      `${error.message}\n${process.env['CALLWEAVE_DEBUG'] === undefined ? '' : `${JSON.stringify(describeError(error), null, 2)}\n`}`,
    );
  else process.stderr.write('The command failed.\n');
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
