import type { ChecklistItem, InstallationEvidence, LedgerEntry } from '@callweave/sdk/protocol';
import { canonicalJson } from '../canonical-json.ts';
import {
  CONFIRMED,
  digestOf,
  findSealedInstallation,
  PUBLISHED,
  readRecord,
  type SealedInstallation,
} from '../installations/sealed-record.ts';
import { checkHeads } from './heads.ts';
import { linesAbout, walkChain } from './ledger-lines.ts';
import type { Check } from './order-checks.ts';
import type { Evidence } from './verify-order.ts';

/**
 * Looks at everything that proves an installation (D7): the chain, what the buyer confirmed word for word, and the checklist
 * that it stood on. The first check that is not `ok` names the first break.
 */
export async function verifyInstallation(
  { db, heads }: Pick<Evidence, 'db' | 'heads'>,
  installationId: string,
): Promise<InstallationEvidence> {
  const hashes = new Map<number, string>();
  const wanted = new Set(heads?.heads.map(({ seq }) => seq));
  const { head, broken } = await walkChain(db, (row) => wanted.has(row.seq) && hashes.set(row.seq, row.hash));
  const checks: Check[] = [
    { name: 'chain', ok: !broken, detail: broken ? broken.detail : `${head.seq} entries, unbroken` },
  ];
  if (heads) checks.push(checkHeads(heads, head, (seq) => hashes.get(seq)));

  const row = await findSealedInstallation(db, installationId);
  const entries = await linesAbout(db, [
    `installation:${installationId}`,
    ...(row === undefined ? [] : [`checklist:${row.checklist_id}`]),
  ]);
  const line = entries.find(
    ({ action, subject }) => action === CONFIRMED && subject === `installation:${installationId}`,
  );
  if (row === undefined) {
    const told = entries.at(-1);
    const detail = told
      ? `the installation is gone, and entry ${told.seq} (${told.action}) still tells of it`
      : 'no such installation, and no entry about one';
    checks.push({ name: 'installation', ok: false, detail });
  } else {
    checks.push(checkConfirmation(row, line));
    if (line !== undefined) checks.push(checkForm(row), checkChecklist(row, entries, line));
  }
  return { installationId, proven: checks.every(({ ok }) => ok), checks, entries };
}

/** The record is the one whose digest the chain has. */
function checkConfirmation(row: SealedInstallation, line: LedgerEntry | undefined): Check {
  const name = 'confirmation';
  if (line === undefined) {
    const detail =
      row.state === 'confirmed'
        ? 'it says that it was confirmed, and no entry tells of that'
        : `it is ${row.state}: the buyer never confirmed it`;
    return { name, ok: false, detail };
  }
  if (row.record === null) return { name, ok: false, detail: `entry ${line.seq} sealed a record that is gone` };
  if (digestOf(row.record) !== line.data['recordHash'])
    return { name, ok: false, detail: `the record differs from what entry ${line.seq} sealed` };
  return { name, ok: true, detail: `as sealed in entry ${line.seq} by ${line.actor}` };
}

/** What stands beside the record, and is shown, is what the record says. */
function checkForm(row: SealedInstallation): Check {
  const name = 'form';
  const record = readRecord(row.record);
  if (record === undefined) return { name, ok: false, detail: 'the record cannot be read' };
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['state', row.state, 'confirmed'],
    ['installation', row.id, record.installationId],
    ['device', row.device_id, record.deviceId],
    ['customer', row.customer_id, record.customerId],
    ['day of installation', row.installed_on, record.installedOn],
    ['technician', row.prepared_by, record.preparedBy],
    ['time of preparation', row.prepared_at, record.preparedAt],
    ['time', row.confirmed_at, record.at],
    ['code', row.code, record.code],
    ['checklist', row.checklist_id, record.checklistId],
    ['version of the checklist', row.version, record.checklistVersion],
    ['brand, model or serial number', deviceIn(row, record.text), true],
    ['notes', row.notes === '' || record.text.includes(row.notes), true],
  ];
  const changed = pairs.find(([, shown, sealed]) => shown !== sealed);
  if (changed) return { name, ok: false, detail: `the ${changed[0]} differs from what was confirmed` };
  return { name, ok: true, detail: `shows what was confirmed, in ${record.locale}` };
}

function deviceIn({ device }: SealedInstallation, text: string): boolean {
  try {
    const { brand, model, serial } = JSON.parse(device) as { brand: string; model: string; serial: string | null };
    return text.includes(`: ${brand} ${model}\n`) && (serial === null || text.includes(`: ${serial}\n`));
  } catch {
    return false;
  }
}

/** The checklist is as it was published, and its items stand in the text. */
function checkChecklist(row: SealedInstallation, entries: readonly LedgerEntry[], confirmed: LedgerEntry): Check {
  const name = 'checklist';
  const line = entries.find(
    ({ action, subject, seq }) =>
      action === PUBLISHED && subject === `checklist:${row.checklist_id}` && seq < confirmed.seq,
  );
  if (line === undefined)
    return { name, ok: false, detail: `no entry before ${confirmed.seq} tells that the checklist was published` };
  const items = itemsIn(row.items);
  if (items === undefined || digestOf(canonicalJson(items)) !== line.data['itemsHash'])
    return { name, ok: false, detail: `version ${row.version} differs from what entry ${line.seq} published` };
  const record = readRecord(row.record);
  const missing = items.find(
    ({ id, texts }) => record?.text.includes(texts[record.locale]) !== true || !record.ticked.includes(id),
  );
  if (missing) return { name, ok: false, detail: `item ${missing.id} was not part of what was confirmed` };
  return { name, ok: true, detail: `version ${row.version}, published in entry ${line.seq}, ${items.length} items` };
}

function itemsIn(text: string): ChecklistItem[] | undefined {
  try {
    const items: unknown = JSON.parse(text);
    return Array.isArray(items) ? (items as ChecklistItem[]) : undefined;
  } catch {
    return undefined;
  }
}
