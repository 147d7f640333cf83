import type { AnnouncementAudience, BuyerProfile, Device } from '@callweave/sdk/protocol';
import type { Store } from '../store/store.ts';

type Db = Store['db'];

/** What announcements need to know of buyers and their devices. */
export interface BuyersAndDevices {
  /** Buyers after this customer id, in its order. */
  buyersAfter(db: Db, after: string, limit: number): Promise<readonly BuyerProfile[]>;
  findBuyers(db: Db, customerIds: readonly string[]): Promise<ReadonlyMap<string, BuyerProfile>>;
  /** With the state of their service as of today. */
  devicesOfMany(db: Db, customerIds: readonly string[]): Promise<readonly Device[]>;
}

export interface AudiencePortion {
  readonly recipients: readonly BuyerProfile[];
  /** The last buyer that was looked at; undefined when there are no more. */
  readonly last: string | undefined;
}

const fits = ({ typeIds, models, serviceStates }: AnnouncementAudience, device: Device): boolean =>
  (typeIds.length === 0 || typeIds.includes(device.typeId)) &&
  (models.length === 0 || models.includes(device.model)) &&
  (serviceStates.length === 0 || serviceStates.includes(device.service.state));

/** Looks at a portion of all buyers, and picks those whom the announcement is for. */
export async function audiencePortion(
  db: Db,
  source: BuyersAndDevices,
  audience: AnnouncementAudience,
  after: string,
  limit: number,
): Promise<AudiencePortion> {
  const buyers = await source.buyersAfter(db, after, limit);
  const last = buyers.length < limit ? undefined : buyers.at(-1)?.customerId;
  const everyone = [audience.typeIds, audience.models, audience.serviceStates].every((list) => list.length === 0);
  if (everyone) return { recipients: buyers, last };
  const devices = await source.devicesOfMany(
    db,
    buyers.map(({ customerId }) => customerId),
  );
  const owners = new Set(devices.filter((device) => fits(audience, device)).map(({ customerId }) => customerId));
  return { recipients: buyers.filter(({ customerId }) => owners.has(customerId)), last };
}
