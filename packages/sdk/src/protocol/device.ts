import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Day, Id, Instant, LocalTexts, line } from './primitives.ts';
import { SERVICE_CHOICES, SERVICE_STATES } from './service-state.ts';

/** Who may see customers' devices; an agent those of whom they have on the line. */
const staff = ['agent', 'supervisor', 'manager', 'technician'] as const;
const manages = ['manager'] as const;

/** A model that the house sells: what checklists, articles, prices and announcements hang on. */
export const DeviceType = z.object({
  id: Id,
  names: LocalTexts,
  brand: z.string(),
  model: z.string(),
  /** A group of types in the house's own words: scanner, laser, software. */
  kind: z.string(),
  /** Months of service and of warranty that come with a device; they run from its installation. */
  serviceMonths: z.int(),
  warrantyMonths: z.int(),
  /** No new devices of it are sold. */
  active: z.boolean(),
});
export type DeviceType = z.infer<typeof DeviceType>;

export const DeviceService = z.object({
  state: z.enum(SERVICE_STATES),
  /** Days after today, 0 on the last one; null when no service runs. */
  daysLeft: z.nullable(z.int()),
  /** What was chosen for the time after the paid service. */
  choice: z.enum(SERVICE_CHOICES),
});
export type DeviceService = z.infer<typeof DeviceService>;

/** A device that a customer has bought (D3). */
export const Device = z.object({
  id: Id,
  customerId: Id,
  typeId: Id,
  brand: z.string(),
  model: z.string(),
  /** At least one of the three tells it from others of its type. */
  serial: z.nullable(z.string()),
  dongle: z.nullable(z.string()),
  userId: z.nullable(z.string()),
  installedOn: z.nullable(Day),
  /** The buyer has confirmed the installation: its day can no longer be edited (D7). */
  installationSealed: z.boolean(),
  /** Last days. */
  warrantyEndsOn: z.nullable(Day),
  serviceEndsOn: z.nullable(Day),
  /** As of {@link Device.asOf}: it follows from the days. */
  service: DeviceService,
  /** The day, where the house is, on which the state was told. */
  asOf: Day,
  createdAt: Instant,
  updatedAt: Instant,
});
export type Device = z.infer<typeof Device>;

const identifier = z.nullable(line(80));
const months = z.int().check(z.gte(0), z.lte(600));
const paging = {
  after: z.optional(Id),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 100),
};
const page = z.object({
  /** The newest first. */
  devices: z.array(Device),
  more: z.boolean(),
});

const typeInput = {
  names: z.object({ en: line(120), fa: line(120), cs: line(120) }),
  brand: line(80),
  model: line(80),
  kind: line(80),
  serviceMonths: months,
  warrantyMonths: months,
  active: z.boolean(),
};

export const deviceTypes = {
  list: endpoint({
    method: 'GET',
    path: '/device-types',
    summary: 'Device types: models that the house sells',
    access: [...staff, 'buyer'],
    input: z.object({}),
    output: z.object({ types: z.array(DeviceType) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/device-types',
    summary: 'Create a device type',
    access: manages,
    input: z.object({
      ...typeInput,
      kind: z._default(typeInput.kind, 'device'),
      serviceMonths: z._default(months, 12),
      warrantyMonths: z._default(months, 12),
      active: z._default(z.boolean(), true),
    }),
    output: DeviceType,
    problems: ['device-type-taken'],
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/device-types/{typeId}',
    summary: 'Change a device type; spans of time apply to installations from now on',
    access: manages,
    input: z.object({
      typeId: Id,
      names: z.optional(typeInput.names),
      brand: z.optional(typeInput.brand),
      model: z.optional(typeInput.model),
      kind: z.optional(typeInput.kind),
      serviceMonths: z.optional(months),
      warrantyMonths: z.optional(months),
      active: z.optional(z.boolean()),
    }),
    output: DeviceType,
    problems: ['device-type-taken'],
  }),
} as const;

export const devices = {
  own: endpoint({
    method: 'GET',
    path: '/own-devices',
    summary: 'The devices of the buyer who asks',
    access: ['buyer'],
    input: z.object(paging),
    output: page,
  }),
  list: endpoint({
    method: 'GET',
    path: '/devices',
    summary: 'Devices, of a customer or of all; by the beginning of a serial number, dongle or user id in any script',
    access: staff,
    input: z.object({
      /** An agent has to name the customer whom they have on the line. */
      customerId: z.optional(Id),
      typeId: z.optional(Id),
      query: z.optional(line(80)),
      ...paging,
    }),
    output: page,
  }),
  get: endpoint({
    method: 'GET',
    path: '/devices/{deviceId}',
    summary: 'One device; a buyer gets their own only',
    access: [...staff, 'buyer'],
    input: z.object({ deviceId: Id }),
    output: Device,
  }),
  create: endpoint({
    method: 'POST',
    path: '/devices',
    summary: 'Enter a device that a customer has bought',
    access: manages,
    input: z.object({
      customerId: Id,
      typeId: Id,
      serial: z._default(identifier, null),
      dongle: z._default(identifier, null),
      userId: z._default(identifier, null),
      installedOn: z._default(z.nullable(Day), null),
      warrantyEndsOn: z._default(z.nullable(Day), null),
      serviceEndsOn: z._default(z.nullable(Day), null),
    }),
    output: Device,
    problems: ['unknown-device-type', 'device-taken'],
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/devices/{deviceId}',
    summary: 'Correct what is known of a device; who changed what is kept',
    access: manages,
    input: z.object({
      deviceId: Id,
      typeId: z.optional(Id),
      serial: z.optional(identifier),
      dongle: z.optional(identifier),
      userId: z.optional(identifier),
      installedOn: z.optional(z.nullable(Day)),
      warrantyEndsOn: z.optional(z.nullable(Day)),
      serviceEndsOn: z.optional(z.nullable(Day)),
      reason: z.optional(line(300)),
    }),
    output: Device,
    problems: ['unknown-device-type', 'device-taken', 'installation-sealed'],
  }),
} as const;
