import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Day, Empty, Id, Instant, Locale, LocalTexts, line, paragraph } from './primitives.ts';

/** Who prepares installations. */
const prepares = ['technician', 'manager'] as const;
const staff = ['supervisor', 'manager', 'technician'] as const;

/** Something that a buyer confirms was done. */
export const ChecklistItem = z.object({ id: Id, texts: LocalTexts });
export type ChecklistItem = z.infer<typeof ChecklistItem>;

/** The type id of the checklist for every device type without one of its own. */
export const GENERAL_CHECKLIST = 'general';

/** What has to be done when a device of a type is installed. A published version never changes; another follows it. */
export const Checklist = z.object({
  id: Id,
  /** A device type, or {@link GENERAL_CHECKLIST}. */
  typeId: Id,
  version: z.int(),
  state: z.enum(['draft', 'published']),
  items: z.array(ChecklistItem),
  /** Goes up with every saving of a draft: whoever saves says which one they had before them. */
  revision: z.int(),
  updatedAt: Instant,
  publishedAt: z.nullable(Instant),
});
export type Checklist = z.infer<typeof Checklist>;

/** A text, and its SHA-256 (lower-case hex), by which the page says which text the buyer had before them. */
export const Wording = z.object({ text: z.string(), digest: z.string() });
export type Wording = z.infer<typeof Wording>;

export const InstallationState = z.enum(['waiting', 'confirmed', 'withdrawn']);
export type InstallationState = z.infer<typeof InstallationState>;

/** The installation of a device, prepared by a technician and confirmed by the buyer (D7). */
export const Installation = z.object({
  id: Id,
  deviceId: Id,
  customerId: Id,
  state: InstallationState,
  device: z.object({ brand: z.string(), model: z.string(), serial: z.nullable(z.string()) }),
  checklist: z.object({ id: Id, version: z.int(), items: z.array(ChecklistItem) }),
  installedOn: Day,
  notes: z.string(),
  /** Goes up with every change; a confirmation names the one that it means. */
  revision: z.int(),
  /** The exact text that is confirmed, in each language. */
  wordings: z.object({ en: Wording, fa: Wording, cs: Wording }),
  preparedAt: Instant,
  preparedBy: z.object({ id: Id, name: z.string() }),
  confirmed: z.nullable(
    z.object({
      at: Instant,
      by: z.object({ id: Id, name: z.string() }),
      /** The language in which it was shown. */
      locale: Locale,
      text: z.string(),
      /** Typed in on the public page, it says that the certificate is genuine. */
      code: z.string(),
    }),
  ),
});
export type Installation = z.infer<typeof Installation>;

/** What a certificate's code tells anyone: nothing about a person. */
export const CertificateCheck = z.object({
  brand: z.string(),
  model: z.string(),
  /** Its last characters only. */
  serial: z.nullable(z.string()),
  /** Month of installation, `2026-11`. */
  month: z.string(),
});
export type CertificateCheck = z.infer<typeof CertificateCheck>;

const one = z.object({ installationId: Id });
const text = line(300);

export const checklists = {
  list: endpoint({
    method: 'GET',
    path: '/checklists',
    summary: 'The newest published checklist of each device type, and the drafts',
    access: prepares,
    input: Empty,
    output: z.object({ checklists: z.array(Checklist) }),
  }),
  save: endpoint({
    method: 'PUT',
    path: '/checklists/{typeId}/draft',
    summary: 'Save the draft of the next version of a checklist',
    access: ['manager'],
    input: z.object({
      /** A device type, or `general`. */
      typeId: Id,
      /** New items have no id. */
      items: z
        .array(z.object({ id: z.optional(Id), texts: z.object({ en: text, fa: text, cs: text }) }))
        .check(z.maxLength(100)),
      /** The revision of the draft that was changed; 0 when there was none. */
      revision: z.int().check(z.nonnegative()),
    }),
    output: Checklist,
    problems: ['unknown-device-type', 'conflict'],
  }),
  publish: endpoint({
    method: 'POST',
    path: '/checklists/{typeId}/publish',
    summary: 'Publish the draft: forms that wait for their buyer take it, those confirmed keep theirs',
    access: ['manager'],
    input: z.object({ typeId: Id, revision: z.int() }),
    output: Checklist,
    problems: ['checklist-empty', 'conflict'],
  }),
} as const;

export const installations = {
  prepare: endpoint({
    method: 'POST',
    path: '/installations',
    summary: 'Prepare the form for a device, or prepare it anew while it waits',
    access: prepares,
    input: z.object({ deviceId: Id, installedOn: Day, notes: z._default(paragraph(2000), '') }),
    output: Installation,
    problems: ['no-checklist', 'installation-day', 'installation-confirmed'],
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/installations/{installationId}/withdraw',
    summary: 'Take back a form that waits for its buyer',
    access: prepares,
    input: one,
    output: Installation,
    problems: ['installation-confirmed'],
  }),
  list: endpoint({
    method: 'GET',
    path: '/installations',
    summary: 'Installations, the newest first',
    access: staff,
    input: z.object({
      deviceId: z.optional(Id),
      customerId: z.optional(Id),
      state: z.optional(InstallationState),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
    }),
    output: z.object({ installations: z.array(Installation) }),
  }),
  own: endpoint({
    method: 'GET',
    path: '/own-installations',
    summary: 'The installations of the buyer who asks: those that wait, and those confirmed',
    access: ['buyer'],
    input: Empty,
    output: z.object({ installations: z.array(Installation) }),
  }),
  confirm: endpoint({
    method: 'POST',
    path: '/installations/{installationId}/confirm',
    summary: 'Confirm the installation: it is sealed, and service starts',
    access: ['buyer'],
    input: z.object({
      installationId: Id,
      revision: z.int(),
      locale: Locale,
      /** Of the text that was shown. */
      digest: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'is not a SHA-256')),
      ticked: z.array(Id).check(z.maxLength(100)),
      allDone: z.boolean(),
    }),
    output: Installation,
    problems: ['installation-changed', 'installation-confirmed', 'checklist-incomplete'],
  }),
  certificate: endpoint({
    method: 'GET',
    path: '/installations/{installationId}/certificate',
    summary: 'The certificate of a confirmed installation as PDF',
    access: [...staff, 'buyer'],
    input: z.object({ installationId: Id, locale: z.optional(Locale) }),
    output: Empty,
    bytes: 'application/pdf',
  }),
} as const;

export const certificates = {
  check: endpoint({
    method: 'GET',
    path: '/certificates/{code}',
    summary: 'Whether a certificate is genuine, and of what; nothing about a person',
    access: 'public',
    input: z.object({ code: Id }),
    output: CertificateCheck,
  }),
  page: endpoint({
    method: 'GET',
    path: '/certificates',
    summary: 'The public page on which a code is typed in; works without script',
    access: 'public',
    input: z.object({
      code: z.optional(z.string().check(z.maxLength(100))),
      locale: z._default(z.catch(Locale, 'fa'), 'fa'),
    }),
    output: Empty,
    bytes: 'text/html',
  }),
} as const;
