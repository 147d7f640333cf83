import * as z from 'zod/mini';
import { BuyerAddress } from './buyer.ts';
import { NationalCode } from './customer.ts';
import { endpoint } from './endpoint.ts';
import { Wording } from './installation.ts';
import { Money } from './money.ts';
import { Empty, Id, Instant, Locale, line } from './primitives.ts';
import { toAsciiDigits } from './text.ts';
import { TRANSFER_STATES } from './transfer-life-cycle.ts';

const State = z.enum(TRANSFER_STATES);

const TransferDevice = z.object({ brand: z.string(), model: z.string(), identifier: z.string() });

/** The exact text that somebody consented to, in the language in which it was shown. */
export const TransferConsent = z.object({ at: Instant, locale: Locale, text: z.string() });
export type TransferConsent = z.infer<typeof TransferConsent>;

const Wordings = z.object({ en: Wording, fa: Wording, cs: Wording });

/** What the house needs to decide; buyers are not told. */
export const TransferReview = z.object({
  owner: z.object({ id: Id, name: z.string() }),
  /** The buyer who has the new owner's national code. Compare: whoever accepted had the telephone that was named. */
  known: z.nullable(z.object({ customerId: Id, name: z.string(), sameTelephone: z.boolean() })),
  /** What the present owner owes; null when nothing. */
  debt: z.nullable(Money),
  /** A debt has to be paid before it can be approved. */
  debtBlocks: z.boolean(),
  /** Tickets of the device that approval closes. */
  openTickets: z.int(),
  /** Where the consents came from, as the server saw it; empty where it could not. */
  ownerAddress: z.string(),
  newOwnerAddress: z.string(),
});
export type TransferReview = z.infer<typeof TransferReview>;

/** A device goes from one owner to another (D8, G7): both consent by a one-time code, then the house decides. */
export const Transfer = z.object({
  id: Id,
  deviceId: Id,
  customerId: Id,
  state: State,
  device: TransferDevice,
  newOwner: z.object({
    name: z.string(),
    nationalCode: z.string(),
    telephone: z.string(),
    locale: Locale,
  }),
  /** What the present owner confirms. */
  wordings: Wordings,
  startedAt: Instant,
  /** The end of the time that the owners have. */
  expiresAt: Instant,
  confirmed: z.nullable(TransferConsent),
  accepted: z.nullable(TransferConsent),
  decided: z.nullable(z.object({ at: Instant, by: z.string(), reason: z.string() })),
  endedAt: z.nullable(Instant),
  revision: z.int(),
  /** Only for those who review. */
  review: z.nullable(TransferReview),
});
export type Transfer = z.infer<typeof Transfer>;

/** What the new owner sees by the link that was sent to them: nothing about the present owner. */
export const TransferOffer = z.object({
  state: State,
  device: TransferDevice,
  name: z.string(),
  /** Its last digits only. */
  nationalCode: z.string(),
  /** Where a code is sent, in part. */
  telephone: z.string(),
  locale: Locale,
  wordings: Wordings,
  expiresAt: Instant,
  acceptedAt: z.nullable(Instant),
});
export type TransferOffer = z.infer<typeof TransferOffer>;

/** A one-time code is on its way; what it is, nobody is told but who has the telephone. */
export const SentCode = z.object({
  /** In part. */
  to: z.string(),
  expiresAt: Instant,
  /** From then on another one can be asked for. */
  againAt: Instant,
});
export type SentCode = z.infer<typeof SentCode>;

const OneTimeCode = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(20)),
    z.transform((text: string) => toAsciiDigits(text).replace(/[\s-]/g, '')),
  ),
  z.string().check(z.regex(/^\d{6}$/, 'must be the 6 digits of the text message')),
);

const one = { transferId: Id };
/** Which text was shown, and the code that was sent. */
const consent = {
  locale: Locale,
  digest: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'is not a SHA-256')),
  code: OneTimeCode,
};
const buyer = ['buyer'] as const;
const sendProblems = ['transfer-state', 'transfer-expired', 'one-time-code-too-soon', 'one-time-code-limit'] as const;
const consentProblems = [
  'transfer-state',
  'transfer-expired',
  'transfer-device-moved',
  'transfer-text-changed',
  'one-time-code-wrong',
  'one-time-code-over',
] as const;
const reviewers = ['manager', 'supervisor'] as const;

export const transfers = {
  start: endpoint({
    method: 'POST',
    path: '/transfers',
    summary: 'Name the new owner of an own device; nothing is binding yet',
    access: buyer,
    input: z.object({
      deviceId: Id,
      newOwner: z.object({
        name: line(120),
        nationalCode: NationalCode,
        /** Any writing of a number; the server normalises it by its numbering plan. */
        telephone: line(30),
        locale: z._default(Locale, 'fa'),
      }),
    }),
    output: Transfer,
    problems: ['transfers-off', 'transfer-open', 'transfer-to-self'],
  }),
  own: endpoint({
    method: 'GET',
    path: '/own-transfers',
    summary: 'The transfers of the buyer who asks, the newest first',
    access: buyer,
    input: Empty,
    output: z.object({ transfers: z.array(Transfer) }),
  }),
  sendCode: endpoint({
    method: 'POST',
    path: '/transfers/{transferId}/code',
    summary: 'Send the present owner a one-time code, to the number that the house has of them',
    access: buyer,
    input: z.object(one),
    output: SentCode,
    problems: sendProblems,
  }),
  confirm: endpoint({
    method: 'POST',
    path: '/transfers/{transferId}/confirm',
    summary: 'Confirm the text that was shown by the code: it is sealed, and the new owner is asked',
    access: buyer,
    input: z.object({ ...one, ...consent }),
    output: Transfer,
    problems: consentProblems,
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/transfers/{transferId}/withdraw',
    summary: 'Take a transfer back, as long as the house has not decided',
    access: buyer,
    input: z.object(one),
    output: Transfer,
    problems: ['transfer-state'],
  }),
  list: endpoint({
    method: 'GET',
    path: '/transfers',
    summary: 'Transfers, the newest first, with what the house needs to decide',
    access: reviewers,
    input: z.object({
      state: z.optional(State),
      deviceId: z.optional(Id),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 100),
    }),
    output: z.object({ transfers: z.array(Transfer) }),
  }),
  approve: endpoint({
    method: 'POST',
    path: '/transfers/{transferId}/approve',
    summary: 'Approve a transfer that both have consented to: the device changes hands',
    access: ['manager'],
    input: z.object({
      ...one,
      /** The one that was looked at. */
      revision: z.int(),
      /** What the house keeps of a new buyer; needed when the new owner is none yet. */
      buyer: z.optional(z.object({ operator: line(120), address: BuyerAddress })),
    }),
    output: Transfer,
    problems: [
      'transfer-state',
      'transfer-device-moved',
      'transfer-debt',
      'transfer-new-buyer',
      'customer-kept-by-host',
      'national-code-taken',
    ],
  }),
  reject: endpoint({
    method: 'POST',
    path: '/transfers/{transferId}/reject',
    summary: 'Reject a transfer, with the reason',
    access: ['manager'],
    input: z.object({ ...one, revision: z.int(), reason: line(300, 3) }),
    output: Transfer,
    problems: ['transfer-state'],
  }),
} as const;

const byLink = { token: Id };

/** For the new owner, who has no account: by the unguessable link that was sent to their telephone. */
export const transferAcceptances = {
  get: endpoint({
    method: 'GET',
    path: '/transfer-acceptances/{token}',
    summary: 'What somebody is to take over, by the link that was sent to them',
    access: 'public',
    input: z.object(byLink),
    output: TransferOffer,
  }),
  sendCode: endpoint({
    method: 'POST',
    path: '/transfer-acceptances/{token}/code',
    summary: 'Send the new owner a one-time code, to the telephone that was named',
    access: 'public',
    input: z.object(byLink),
    output: SentCode,
    problems: sendProblems,
  }),
  accept: endpoint({
    method: 'POST',
    path: '/transfer-acceptances/{token}/accept',
    summary: 'Accept the text that was shown by the code: it is sealed, and the house decides',
    access: 'public',
    input: z.object({ ...byLink, ...consent }),
    output: TransferOffer,
    problems: consentProblems,
  }),
  decline: endpoint({
    method: 'POST',
    path: '/transfer-acceptances/{token}/decline',
    summary: 'Decline to take the device over',
    access: 'public',
    input: z.object(byLink),
    output: TransferOffer,
    problems: ['transfer-state'],
  }),
} as const;
