import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { accounts } from '@callweave/sdk/protocol';
import * as z from 'zod/mini';
import { createAccount } from '../accounts/index.ts';
import { createSecrets } from '../secrets/hash.ts';
import { type Command, UsageError } from './command.ts';
import { openDataFolder, openStore, STORE_USAGE, storeOptions } from './data-folder.ts';

export const accountCreate: Command = {
  usage: `callweave account create --username NAME --name "FULL NAME" --role ROLE [--role ROLE …]

The password is read from the terminal, or as one line from standard input.

  --username NAME    3 to 40 letters, digits, dots, underscores or hyphens
  --name TEXT        the person's name
  --role ROLE        agent, supervisor, manager, dealer or customer; repeat for several
  --branch TEXT      where the person sits [head office]
  --number NUMBER    calls reach the person at this telephone (E.164) instead of the browser
  --group            takes calls that reach no responder
  --locale LOCALE    en, fa or cs [en]
${STORE_USAGE}`,

  async run(argv) {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        ...storeOptions,
        username: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string', multiple: true },
        branch: { type: 'string' },
        number: { type: 'string' },
        group: { type: 'boolean' },
        locale: { type: 'string' },
      },
    });
    const password = await readPassword();
    // The same rules as for a manager who does it in the desk.
    const parsed = z.safeParse(accounts.create.input, {
      username: values.username,
      password,
      name: values.name,
      roles: values.role ?? [],
      branch: values.branch,
      device: values.number === undefined ? undefined : { kind: 'number', number: values.number },
      inGroup: values.group,
      locale: values.locale,
    });
    if (!parsed.success)
      throw new UsageError(
        parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'),
      );
    const folder = openDataFolder(values.data);
    const store = await openStore(folder, values.postgres);
    try {
      const { password: plain, ...account } = parsed.data;
      const passwordHash = await createSecrets({ pepper: folder.pepper }).hashSecret(plain);
      const row = await store.write((tx) => createAccount(tx, { ...account, passwordHash }, 'system'));
      process.stdout.write(`Created ${row.username} (${row.id}).\n`);
      return 0;
    } finally {
      await store.close();
    }
  },
};

async function readPassword(): Promise<string> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY) {
    for await (const line of createInterface({ input: stdin })) return line;
    throw new UsageError('The password is missing: give it as one line on standard input.');
  }
  stdout.write('Password (at least 10 characters, not shown): ');
  stdin.setRawMode(true);
  let typed = '';
  try {
    for await (const chunk of stdin) {
      for (const key of String(chunk)) {
        if (key === '\r' || key === '\n') return typed;
        if (key === '\u0003') throw new UsageError('Cancelled.');
        typed = key === '\u007f' ? typed.slice(0, -1) : typed + key;
      }
    }
    return typed;
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stdout.write('\n');
  }
}
