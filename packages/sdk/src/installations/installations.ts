import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { certificatesRoutes } from '../http/routes/certificates.ts';
import { checklistsRoutes } from '../http/routes/checklists.ts';
import { deviceTypesRoutes } from '../http/routes/device-types.ts';
import { installationsRoutes } from '../http/routes/installations.ts';
import type { DeviceType } from '../protocol/device.ts';
import type { CertificateCheck, Checklist, Installation, InstallationState } from '../protocol/installation.ts';
import type { Locale } from '../protocol/primitives.ts';
import { createArrivals } from '../state/arrivals.ts';
import { LiveList, type OpenedList } from '../state/live-list.ts';
import type { Loadable, Readable } from '../state/readable.ts';

export interface InstallationFilter {
  readonly deviceId?: string;
  readonly customerId?: string;
  readonly state?: InstallationState;
}

export interface FollowedInstallations {
  /** Newest first, at most 200. */
  readonly state: Readable<Loadable<readonly Installation[]>>;
  reload(): Promise<void>;
  close(): void;
}

/** What a buyer has ticked, of the form as it was shown. */
export interface Confirmation {
  readonly locale: Locale;
  readonly ticked: readonly string[];
  readonly allDone: boolean;
}

/** Installations of devices: the form that a technician prepares and the buyer confirms, and its checklists (D7). */
export interface Installations {
  /** The buyer's own: those that wait, and those confirmed. Open it while it is shown. */
  readonly own: OpenedList<Installation>;
  /** A live list for those who work here. `close()` ends it. */
  follow(filter?: InstallationFilter): FollowedInstallations;
  /** Prepares the form for a device, or prepares it anew while it waits. */
  prepare(input: { deviceId: string; installedOn: string; notes?: string }): Promise<Installation>;
  withdraw(installationId: string): Promise<Installation>;
  /** Confirms the form that was shown; one that has changed since is refused with `installation-changed`. */
  confirm(installation: Installation, confirmation: Confirmation): Promise<Installation>;
  /** Address of the certificate as PDF, to download; without a language, in the one that was confirmed. */
  certificateUrl(installationId: string, locale?: Locale): string;
  /** Whether a certificate's code is genuine, and of what. */
  checkCertificate(code: string): Promise<CertificateCheck>;
  /** The newest published checklist of each type, and the drafts. */
  checklists(): Promise<readonly Checklist[]>;
  /** The types that have checklists of their own. */
  deviceTypes(): Promise<readonly DeviceType[]>;
  saveDraft(input: Parameters<Client['checklists']['save']>[0]): Promise<Checklist>;
  publish(typeId: string, revision: number): Promise<Checklist>;
}

export interface InstallationsManager extends Installations {
  reload(): void;
  reset(): void;
  handleInstallation(installation: Installation): void;
}

const LIMIT = 200;

// Ids sort by time.
const newestFirst = (a: Installation, b: Installation) => (a.id < b.id ? 1 : -1);

export function createInstallations(
  client: Pick<Client, 'installations' | 'checklists' | 'certificates' | 'deviceTypes'>,
  url: string,
): InstallationsManager {
  const base = url.replace(/\/$/, '');
  const followed = new Set<LiveList<Installation>>();
  const own = new LiveList<Installation>({
    fetch: async () => (await client.installations.own({})).installations,
    matches: ({ state }) => state !== 'withdrawn',
    compare: newestFirst,
  });
  const { event: handleInstallation, answer: after } = createArrivals<Installation>((installation) => {
    own.put(installation);
    for (const list of followed) list.put(installation);
  });
  return {
    own,
    follow(filter = {}) {
      const list = new LiveList<Installation>({
        fetch: async () => (await client.installations.list({ ...filter, limit: LIMIT })).installations,
        matches: ({ deviceId, customerId, state }) =>
          (filter.deviceId === undefined || filter.deviceId === deviceId) &&
          (filter.customerId === undefined || filter.customerId === customerId) &&
          (filter.state === undefined || filter.state === state),
        compare: newestFirst,
        limit: LIMIT,
      });
      followed.add(list);
      void list.load();
      return { state: list.state, reload: () => list.load(), close: () => followed.delete(list) };
    },
    reload() {
      own.reload();
      for (const list of followed) void list.load();
    },
    reset() {
      own.reset();
      for (const list of followed) list.reset();
    },
    handleInstallation,
    prepare: (input) => after(client.installations.prepare(input)),
    withdraw: (installationId) => after(client.installations.withdraw({ installationId })),
    confirm: ({ id, revision, wordings }, { locale, ticked, allDone }) =>
      after(
        client.installations.confirm({
          installationId: id,
          revision,
          locale,
          digest: wordings[locale].digest,
          ticked: [...ticked],
          allDone,
        }),
      ),
    certificateUrl: (installationId, locale) =>
      `${base}/installations/${encodeURIComponent(installationId)}/certificate${locale === undefined ? '' : `?locale=${locale}`}`,
    checkCertificate: (code) => client.certificates.check({ code }),
    checklists: async () => (await client.checklists.list({})).checklists,
    deviceTypes: async () => (await client.deviceTypes.list({})).types,
    saveDraft: (input) => client.checklists.save(input),
    publish: (typeId, revision) => client.checklists.publish({ typeId, revision }),
  };
}

/** Installations of devices, their checklists and certificates. */
export const installations: Feature<Installations> = {
  name: 'installations',
  create({ clientFor, url, on, keep }) {
    const made = createInstallations(
      clientFor({
        installations: installationsRoutes,
        checklists: checklistsRoutes,
        certificates: certificatesRoutes,
        deviceTypes: deviceTypesRoutes,
      }),
      url,
    );
    on('installation', ({ data }) => made.handleInstallation(data));
    keep(made);
    return made;
  },
};
