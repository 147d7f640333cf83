import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { renderExchangeConfig } from './config.ts';
import { ExchangeConfigError } from './config-values.ts';

const agent = z.strictObject({ account: z.string(), password: z.string() });
const listener = z.strictObject({ address: z.string(), port: z.int() });

/** The settings file of `callweave exchange config`; every value is checked once more where it is written. */
const settingsSchema = z.strictObject({
  application: z.optional(z.string()),
  ari: z.strictObject({ username: z.optional(z.string()), password: z.string() }),
  http: listener,
  sip: listener,
  rtp: z.strictObject({ start: z.int(), end: z.int() }),
  mediaAddress: z.optional(z.string()),
  domain: z.optional(z.string()),
  agents: z.array(agent),
  trunk: z.optional(
    z.strictObject({
      host: z.string(),
      port: z.int(),
      from: z.array(z.string()),
      username: z.optional(z.string()),
      password: z.optional(z.string()),
    }),
  ),
  hostAddress: z.optional(z.string()),
  directories: z.optional(z.strictObject({ etc: z.string(), run: z.string(), modules: z.string(), data: z.string() })),
});

export interface CommandOutput {
  out(text: string): void;
  err(text: string): void;
}

const usage = `callweave exchange config SETTINGS.json [--out DIRECTORY]
Writes the configuration of Asterisk (pjsip.conf, ari.conf, …) into DIRECTORY, or shows it.
`;

/** `callweave exchange config`: settings as JSON → the files of /etc/asterisk. Resolves to the exit code. */
export async function runExchangeConfigCommand(args: readonly string[], output: CommandOutput): Promise<number> {
  let parsed: { positionals: string[]; values: { out?: string | undefined } };
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: { out: { type: 'string' } } });
  } catch (error) {
    output.err(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 2;
  }
  const [path, ...rest] = parsed.positionals;
  if (path === undefined || rest.length > 0) {
    output.err(usage);
    return 2;
  }
  let files: ReadonlyMap<string, string>;
  try {
    const settings = settingsSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (!settings.success) throw refusalOf(settings.error);
    files = renderExchangeConfig(withoutUndefined(settings.data));
  } catch (error) {
    output.err(`${path}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  const { out } = parsed.values;
  if (out === undefined) {
    for (const [name, text] of files) output.out(`; ${name}\n${text}\n`);
    return 0;
  }
  await mkdir(out, { recursive: true });
  // The files hold passwords. Asterisk reads them through its group: chgrp asterisk.
  for (const [name, text] of files) await writeFile(join(out, name), text, { mode: 0o640 });
  output.out(`${files.size} files written to ${out}. Give them to Asterisk's group, then restart it.\n`);
  return 0;
}

/** The first thing that is wrong, by its field. zod/mini brings no messages of its own. */
function refusalOf(error: z.core.$ZodError): ExchangeConfigError {
  const [issue] = error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const name = [field, issue.keys[0]].filter((part) => part !== '').join('.');
    return new ExchangeConfigError(name, 'there is no such setting; correct or remove it');
  }
  const expected = issue?.code === 'invalid_type' ? `give a value of type ${issue.expected}` : 'give a valid value';
  return new ExchangeConfigError(field === '' ? 'settings' : field, expected);
}

/** Optional settings that are absent are left out, as our option types ask (exactOptionalPropertyTypes). */
function withoutUndefined<T>(value: T): WithoutUndefined<T> {
  return JSON.parse(JSON.stringify(value)) as WithoutUndefined<T>;
}

type WithoutUndefined<T> = T extends readonly (infer Item)[]
  ? WithoutUndefined<Item>[]
  : T extends object
    ? { [Key in keyof T]: WithoutUndefined<Exclude<T[Key], undefined>> }
    : T;
