import { randomBytes } from 'node:crypto';
import type { contract, Device, Installation } from '@callweave/sdk/protocol';
import { pdfResponse } from '../documents/index.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import { renderCertificate } from './certificate.ts';
import { newCertificateCode } from './certificate-code.ts';
import { checklistFor } from './checklists.ts';
import {
  type AccountNames,
  findInstallation,
  type InstallationRow,
  itemsOf,
  publishInstallation,
  toInstallations,
  type WholeInstallation,
  wholeInstallations,
} from './installation-rows.ts';
import { CONFIRMED, digestOf, type SealedRecord, sealText } from './sealed-record.ts';
import { type DeviceFacts, wordingOf } from './wording.ts';

export interface InstallationParts {
  readonly store: Store;
  readonly accountNames: AccountNames;
  readonly findDevice: (db: Store['db'], deviceId: string) => Promise<Device | undefined>;
  /** Service and warranty run from the day of installation, in the write that confirms it. */
  readonly activateService: (
    tx: Tx,
    input: { readonly deviceId: string; readonly installedOn: string; readonly actor: string },
  ) => Promise<unknown>;
  /** The calendar day of an instant where the house is. */
  readonly dayOf: (at: Date) => string;
  readonly clientAddress: (request: Request) => string;
  readonly timeZone: string;
  readonly issuer: string | undefined;
  readonly verifyUrl: string | undefined;
}

const MAX_USER_AGENT = 300;

/** The contract's `installations`. */
export function createInstallationOperations(parts: InstallationParts): Implementation<typeof contract.installations> {
  const { store, accountNames, findDevice, activateService, dayOf } = parts;

  const notThere = (id: string) => new Problem('not-found', `There is no installation ${id}.`);

  async function waitingOf(tx: Tx, id: string): Promise<WholeInstallation> {
    const row = await findInstallation(tx.db, id);
    if (row === undefined || row.state === 'withdrawn') throw notThere(id);
    if (row.state === 'confirmed')
      throw new Problem('installation-confirmed', 'The buyer has confirmed this installation.');
    return row;
  }

  return {
    prepare: {
      async write(tx, { deviceId, installedOn, notes }, { caller }) {
        const device = await findDevice(tx.db, deviceId);
        if (device === undefined) throw new Problem('not-found', `There is no device ${deviceId}.`);
        if (device.installationSealed)
          throw new Problem('installation-confirmed', 'The installation of this device is confirmed.');
        if (installedOn > dayOf(tx.now))
          throw new Problem('installation-day', 'A device cannot have been installed on a day to come.');
        const checklist = await checklistFor(tx.db, device.typeId);
        if (checklist === undefined)
          throw new Problem('no-checklist', `No checklist is published for ${device.brand} ${device.model}.`);
        const waiting = await tx.db
          .selectFrom('installations')
          .select(['id', 'revision'])
          .where('device_id', '=', deviceId)
          .where('state', '=', 'waiting')
          .executeTakeFirst();
        const { brand, model, serial } = device;
        const row: InstallationRow = {
          id: waiting?.id ?? newId('inst', tx.now),
          device_id: deviceId,
          type_id: device.typeId,
          customer_id: device.customerId,
          state: 'waiting',
          device: JSON.stringify({ brand, model, serial } satisfies DeviceFacts),
          checklist_id: checklist.id,
          installed_on: installedOn,
          notes,
          revision: (waiting?.revision ?? 0) + 1,
          prepared_by: caller.accountId,
          prepared_at: tx.now.toISOString(),
          confirmed_at: null,
          code: null,
          record: null,
        };
        if (waiting === undefined) await tx.db.insertInto('installations').values(row).execute();
        else await tx.db.updateTable('installations').set(row).where('id', '=', row.id).execute();
        await tx.record({
          actor: caller.accountId,
          action: 'installation.prepared',
          subject: `installation:${row.id}`,
          data: { deviceId, installedOn, checklistId: checklist.id, revision: row.revision },
        });
        return publishInstallation(tx, row.id, accountNames);
      },
    },

    withdraw: {
      async write(tx, { installationId }, { caller }) {
        const row = await waitingOf(tx, installationId);
        await tx.db
          .updateTable('installations')
          .set({ state: 'withdrawn', revision: row.revision + 1 })
          .where('id', '=', row.id)
          .execute();
        await tx.record({
          actor: caller.accountId,
          action: 'installation.withdrawn',
          subject: `installation:${row.id}`,
          data: { deviceId: row.device_id },
        });
        return publishInstallation(tx, row.id, accountNames);
      },
    },

    async list({ deviceId, customerId, state, limit }) {
      let query = wholeInstallations(store.db).orderBy('installations.id', 'desc').limit(limit);
      if (deviceId !== undefined) query = query.where('installations.device_id', '=', deviceId);
      if (customerId !== undefined) query = query.where('installations.customer_id', '=', customerId);
      if (state !== undefined) query = query.where('installations.state', '=', state);
      return { installations: await toInstallations(store.db, await query.execute(), accountNames) };
    },

    async own(_input, { caller }) {
      if (caller.customerId === undefined) return { installations: [] };
      const rows = await wholeInstallations(store.db)
        .where('installations.customer_id', '=', caller.customerId)
        .where('installations.state', '!=', 'withdrawn')
        .orderBy('installations.id', 'desc')
        .limit(500)
        .execute();
      return { installations: await toInstallations(store.db, rows, accountNames) };
    },

    confirm: {
      async write(tx, { installationId, revision, locale, digest, ticked, allDone }, { caller, request }) {
        const found = await findInstallation(tx.db, installationId);
        if (found === undefined || found.customer_id !== caller.customerId) throw notThere(installationId);
        const row = await waitingOf(tx, installationId);
        // Sold on while the form waited: it is the new owner's to confirm, with a form of their own.
        const device = await findDevice(tx.db, row.device_id);
        if (device === undefined || device.customerId !== caller.customerId) throw notThere(installationId);
        const items = itemsOf(row);
        const facts = JSON.parse(row.device) as DeviceFacts;
        const wording = wordingOf(
          { device: facts, version: row.version, items, installedOn: row.installed_on, notes: row.notes },
          locale,
        );
        if (row.revision !== revision || wording.digest !== digest)
          throw new Problem('installation-changed', 'The form is not the one that was shown.');
        if (!allDone || items.some(({ id }) => !ticked.includes(id)))
          throw new Problem('checklist-incomplete', 'Not every item is ticked.');
        const record: SealedRecord = {
          installationId: row.id,
          deviceId: row.device_id,
          customerId: row.customer_id,
          accountId: caller.accountId,
          accountName: caller.name,
          at: tx.now.toISOString(),
          address: parts.clientAddress(request),
          userAgent: (request.headers.get('user-agent') ?? '').slice(0, MAX_USER_AGENT),
          locale,
          text: wording.text,
          checklistId: row.checklist_id,
          checklistVersion: row.version,
          ticked: items.map(({ id }) => id),
          installedOn: row.installed_on,
          preparedBy: row.prepared_by,
          preparedAt: row.prepared_at,
          code: newCertificateCode(),
          salt: randomBytes(16).toString('hex'),
        };
        const sealed = sealText(record);
        await tx.db
          .updateTable('installations')
          .set({
            state: 'confirmed',
            revision: row.revision + 1,
            confirmed_at: record.at,
            code: record.code,
            record: sealed,
          })
          .where('id', '=', row.id)
          .execute();
        await tx.record({
          actor: caller.accountId,
          action: CONFIRMED,
          subject: `installation:${row.id}`,
          data: {
            deviceId: row.device_id,
            checklistId: row.checklist_id,
            checklistVersion: row.version,
            installedOn: row.installed_on,
            recordHash: digestOf(sealed),
          },
        });
        await activateService(tx, {
          deviceId: row.device_id,
          installedOn: row.installed_on,
          actor: caller.accountId,
        });
        return publishInstallation(tx, row.id, accountNames);
      },
    },

    async certificate({ installationId, locale }, { caller }) {
      const row = await findInstallation(store.db, installationId);
      if (row === undefined || !mayRead(caller, row)) throw notThere(installationId);
      const [installation] = await toInstallations(store.db, [row], accountNames);
      if (installation?.confirmed == null)
        throw new Problem('not-found', 'The buyer has not confirmed this installation: there is no certificate yet.');
      const { timeZone, issuer, verifyUrl } = parts;
      const confirmed: NonNullable<Installation['confirmed']> = installation.confirmed;
      const pdf = await renderCertificate(
        { ...installation, confirmed },
        { locale: locale ?? confirmed.locale, timeZone, issuer, verifyUrl },
      );
      return pdfResponse(pdf, `certificate-${installation.id}`);
    },
  };
}

/** A buyer sees what is theirs; those who work here see all. */
function mayRead({ roles, customerId }: Caller, row: InstallationRow): boolean {
  return roles.some((role) => role !== 'buyer') || row.customer_id === customerId;
}
