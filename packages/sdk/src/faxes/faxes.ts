import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { faxesRoutes } from '../http/routes/faxes.ts';
import type { Fax } from '../protocol/fax.ts';
import { createArrivals } from '../state/arrivals.ts';
import { LiveList } from '../state/live-list.ts';
import type { Loadable, Readable } from '../state/readable.ts';

export interface FaxFilter {
  /** Only faxes of this customer. */
  readonly customerId?: string;
  /** What is in the bin, instead of what is not. */
  readonly deleted?: boolean;
}

export interface FollowedFaxes {
  /** Newest first, at most 200. */
  readonly state: Readable<Loadable<readonly Fax[]>>;
  reload(): Promise<void>;
  close(): void;
}

/** The office's fax box. */
export interface Faxes {
  /** A live list: loaded once, then kept true by events. `close()` ends it. */
  follow(filter?: FaxFilter): FollowedFaxes;
  get(faxId: string): Promise<Fax>;
  /** Faxes older than this one, newest first. */
  olderThan(faxId: string, filter?: FaxFilter): Promise<readonly Fax[]>;
  /** Says whose it is; null takes that back. */
  assign(faxId: string, customerId: string | null): Promise<Fax>;
  markRead(faxId: string, read?: boolean): Promise<Fax>;
  note(faxId: string, note: string): Promise<Fax>;
  /** Into the bin, from where {@link restore} takes it back until `binnedUntil`. */
  delete(faxId: string): Promise<Fax>;
  restore(faxId: string): Promise<Fax>;
  /** Address of the picture of a page, counted from 1, for an `<img>`. */
  pageUrl(faxId: string, page: number): string;
  /** Address of all pages as PDF, to download. */
  pdfUrl(faxId: string): string;
  /** Address of the file as it came over the line, to download. */
  tiffUrl(faxId: string): string;
}

export interface FaxesManager extends Faxes {
  reload(): void;
  reset(): void;
  handleFax(fax: Fax): void;
}

const LIMIT = 200;

export function createFaxes(client: Pick<Client, 'faxes'>, url: string): FaxesManager {
  const followed = new Set<LiveList<Fax>>();
  const base = (faxId: string) => `${url.replace(/\/$/, '')}/faxes/${encodeURIComponent(faxId)}`;
  const query = ({ customerId, deleted }: FaxFilter) => ({
    limit: LIMIT,
    ...(customerId === undefined ? {} : { customerId }),
    ...(deleted === true ? { deleted: 'true' } : {}),
  });
  const { event: handleFax, answer: after } = createArrivals<Fax>((fax) => {
    for (const list of followed) list.put(fax);
  });
  return {
    follow(filter = {}) {
      const list = new LiveList<Fax>({
        fetch: async () => (await client.faxes.list(query(filter))).faxes,
        matches: ({ deletedAt, customer }) =>
          (deletedAt !== null) === (filter.deleted === true) &&
          (filter.customerId === undefined || customer?.id === filter.customerId),
        // Ids sort by time.
        compare: (a, b) => (a.id < b.id ? 1 : -1),
        limit: LIMIT,
      });
      followed.add(list);
      void list.load();
      return { state: list.state, reload: () => list.load(), close: () => followed.delete(list) };
    },
    reload() {
      for (const list of followed) void list.load();
    },
    reset() {
      for (const list of followed) list.reset();
    },
    handleFax,
    get: (faxId) => client.faxes.get({ faxId }),
    olderThan: async (faxId, filter = {}) => (await client.faxes.list({ ...query(filter), before: faxId })).faxes,
    assign: (faxId, customerId) => after(client.faxes.assign({ faxId, customerId })),
    markRead: (faxId, read = true) => after(client.faxes.markRead({ faxId, read })),
    note: (faxId, note) => after(client.faxes.note({ faxId, note })),
    delete: (faxId) => after(client.faxes.delete({ faxId })),
    restore: (faxId) => after(client.faxes.restore({ faxId })),
    pageUrl: (faxId, page) => `${base(faxId)}/pages/${page}`,
    pdfUrl: (faxId) => `${base(faxId)}/pdf`,
    tiffUrl: (faxId) => `${base(faxId)}/tiff`,
  };
}

/** The office's fax box. */
export const faxes: Feature<Faxes> = {
  name: 'faxes',
  create({ clientFor, url, on, keep }) {
    const made = createFaxes(clientFor({ faxes: faxesRoutes }), url);
    on('fax', ({ data }) => made.handleFax(data));
    keep(made);
    return made;
  },
};
