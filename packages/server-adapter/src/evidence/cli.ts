import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readHeadFile } from './head-export.ts';
import { readHeadKey, type TrustedHeads } from './heads.ts';
import { verifyInstallation } from './verify-installation.ts';
import { type Evidence, verifyOrder } from './verify-order.ts';

export const EVIDENCE_USAGE = `callweave evidence verify ORDER|INSTALLATION [--heads FILE --key PUBLIC.pem] [--json]

  ORDER          id or number of the order
  INSTALLATION   id of the installation (inst_…)
  --heads FILE   signed chain heads that were exported: finds a chain that was cut short
  --key FILE     public Ed25519 key of those heads (PEM)
  --json         the whole report as JSON

Ends with 0 when it is proven, 1 when something is broken, 2 when the command is wrong.`;

export interface EvidenceCliOptions {
  /** Opened only when the command is right. */
  readonly open: () => Promise<Omit<Evidence, 'heads'> & { close(): Promise<void> }>;
  readonly print: (line: string) => void;
}

/** `callweave evidence …`; gives the exit code. */
export async function runEvidenceCommand(
  args: readonly string[],
  { open, print }: EvidenceCliOptions,
): Promise<0 | 1 | 2> {
  const command = parse(args);
  if (typeof command === 'string') {
    print(command);
    return 2;
  }
  let heads: TrustedHeads | undefined;
  if (command.heads !== undefined && command.key !== undefined) {
    try {
      heads = {
        heads: await readHeadFile(command.heads),
        publicKey: readHeadKey(await readFile(command.key, 'utf8'), 'public'),
      };
    } catch (error) {
      print(`The signed heads cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return 2;
    }
  }
  const { db, files, close } = await open();
  try {
    const evidence = { db, files, ...(heads && { heads }) };
    const installation = command.order.startsWith('inst_');
    const report = installation
      ? await verifyInstallation(evidence, command.order)
      : await verifyOrder(evidence, await orderIdOf(db, command.order));
    if (command.json) print(JSON.stringify(report, null, 2));
    else {
      print(`${installation ? 'Installation' : 'Order'} ${command.order}`);
      for (const { name, ok, detail } of report.checks)
        print(`  ${ok ? 'ok    ' : 'BROKEN'}  ${name.padEnd(14)}  ${detail}`);
      const first = report.checks.find(({ ok }) => !ok);
      print(
        first
          ? `Not proven. First break: ${first.name}: ${first.detail}.`
          : `Proven: ${report.checks.length} checks over ${report.entries.length} entries.`,
      );
    }
    return report.proven ? 0 : 1;
  } finally {
    await close();
  }
}

function parse(
  args: readonly string[],
): { order: string; heads?: string | undefined; key?: string | undefined; json: boolean } | string {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { heads: { type: 'string' }, key: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const [verb, order, ...rest] = positionals;
    if (verb !== 'verify' || order === undefined || rest.length > 0) return EVIDENCE_USAGE;
    if ((values.heads === undefined) !== (values.key === undefined))
      return `Give --heads and --key together.\n\n${EVIDENCE_USAGE}`;
    return { order, ...values };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${EVIDENCE_USAGE}`;
  }
}

/** People know an order by its number. */
async function orderIdOf(db: Evidence['db'], order: string): Promise<string> {
  if (!/^\d{1,12}$/.test(order)) return order;
  const row = await db
    .selectFrom('orders')
    .select('id')
    .where('number', '=', Number(order))
    .where('number', '>', 0)
    .executeTakeFirst();
  return row?.id ?? order;
}
