import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type AgentAccount, renderExchangeConfig, type Trunk } from '../telephony/asterisk/index.ts';
import { type Command, UsageError } from './command.ts';

export const exchangeConfig: Command = {
  usage: `callweave exchange config --out FOLDER --agent NAME [--agent NAME …] --address IPV4 …

Writes the configuration of an Asterisk 22 for these agents and the operator's trunk, and agents.json with the
passwords that were made for them: createAsteriskExchange takes both from there.

  --out FOLDER         where the files go; what is there is replaced, except agents.json, whose passwords are kept
  --agent NAME         username of an account with a browser phone; repeat for each
  --address IPV4       where SIP and media are served [127.0.0.1]
  --media-address IPV4 address that phones send their audio to [--address]
  --sip-port N         [5060]
  --http-address IPV4  where ARI and the browser phones' /ws are served; put TLS in front of /ws [127.0.0.1]
  --http-port N        [8088]
  --rtp FROM-TO        UDP ports of media [10000-20000]
  --udptl FROM-TO      UDP ports of faxes over T.38 [4000-4999]
  --domain NAME        of the browser phones' addresses [callweave.local]
  --trunk HOST[:PORT]  the operator; without it there are no outside calls
  --trunk-from CIDR    from where the operator's calls come; repeat for several [the trunk's host]
  --trunk-user NAME    for an operator that wants a registration; the password is taken from CALLWEAVE_TRUNK_PASSWORD`,

  async run(argv) {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        out: { type: 'string' },
        agent: { type: 'string', multiple: true },
        address: { type: 'string', default: '127.0.0.1' },
        'media-address': { type: 'string' },
        'sip-port': { type: 'string', default: '5060' },
        'http-address': { type: 'string', default: '127.0.0.1' },
        'http-port': { type: 'string', default: '8088' },
        rtp: { type: 'string', default: '10000-20000' },
        udptl: { type: 'string', default: '4000-4999' },
        domain: { type: 'string' },
        trunk: { type: 'string' },
        'trunk-from': { type: 'string', multiple: true },
        'trunk-user': { type: 'string' },
      },
    });
    if (values.out === undefined) throw new UsageError('--out is missing: the folder that the files go to.');
    if (values.agent === undefined)
      throw new UsageError('--agent is missing: the username of an account with a browser phone.');
    const rtp = /^(\d+)-(\d+)$/.exec(values.rtp);
    if (rtp === null) throw new UsageError('--rtp must look like 10000-20000.');
    const udptl = /^(\d+)-(\d+)$/.exec(values.udptl);
    if (udptl === null) throw new UsageError('--udptl must look like 4000-4999.');
    const secretsFile = join(values.out, 'agents.json');
    const before = await readSecrets(secretsFile);
    const agents = values.agent.map(
      (account): AgentAccount => ({
        account,
        password: before.agents.find((each) => each.account === account)?.password ?? newPassword(),
      }),
    );
    const ari = { password: before.ari?.password ?? newPassword() };
    const files = renderExchangeConfig({
      ari,
      agents,
      http: { address: values['http-address'], port: portOf('--http-port', values['http-port']) },
      sip: { address: values.address, port: portOf('--sip-port', values['sip-port']) },
      rtp: { start: Number(rtp[1]), end: Number(rtp[2]) },
      udptl: { start: Number(udptl[1]), end: Number(udptl[2]) },
      ...(values['media-address'] === undefined ? {} : { mediaAddress: values['media-address'] }),
      ...(values.domain === undefined ? {} : { domain: values.domain }),
      ...(values.trunk === undefined
        ? {}
        : { trunk: trunkOf(values.trunk, values['trunk-from'], values['trunk-user']) }),
    });
    await mkdir(values.out, { recursive: true });
    // They hold passwords.
    for (const [name, text] of files) await writeFile(join(values.out, name), text, { mode: 0o600 });
    await writeFile(secretsFile, `${JSON.stringify({ ari, agents }, null, 2)}\n`, { mode: 0o600 });
    process.stdout.write(`Wrote ${files.size + 1} files to ${values.out} for ${agents.length} agents.\n`);
    return 0;
  },
};

interface Secrets {
  readonly ari?: { readonly password: string };
  readonly agents: readonly AgentAccount[];
}

/** Phones that are registered keep their passwords when an agent is added. */
async function readSecrets(file: string): Promise<Secrets> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Secrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { agents: [] };
    throw new Error(`${file} cannot be read; move it away to have new passwords made.`, { cause: error });
  }
}

function trunkOf(address: string, from: readonly string[] | undefined, username: string | undefined): Trunk {
  const [host = '', port] = address.split(':');
  const password = process.env['CALLWEAVE_TRUNK_PASSWORD'];
  if (username !== undefined && password === undefined)
    throw new UsageError('--trunk-user needs the password in CALLWEAVE_TRUNK_PASSWORD.');
  return {
    host,
    port: port === undefined ? 5060 : portOf('--trunk', port),
    from: from ?? [host],
    ...(username === undefined || password === undefined ? {} : { username, password }),
  };
}

function portOf(option: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new UsageError(`${option} must be a port from 1 to 65535.`);
  return port;
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
