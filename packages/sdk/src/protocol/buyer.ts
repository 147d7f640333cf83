import * as z from 'zod/mini';
import { NationalCode } from './customer.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant, Locale, line, Number164 } from './primitives.ts';

/** D2: the full address. */
export const BuyerAddress = z.object({ city: line(80), street: line(200), building: line(120) });
export type BuyerAddress = z.infer<typeof BuyerAddress>;

/** D2: the buyer's identity, as the buyer sees it. A buyer is a customer; only managers write this. */
export const BuyerProfile = z.object({
  customerId: Id,
  name: z.string(),
  nationalCode: z.string(),
  /** Name of the main operator of the device. */
  operator: z.string(),
  address: BuyerAddress,
  /** The declared number, E.164. */
  telephone: Number164,
  locale: Locale,
});
export type BuyerProfile = z.infer<typeof BuyerProfile>;

/**
 * `invited`: has a one-time secret and no password yet. `invitation-over`: the secret was not used in time. `locked`: too
 * many wrong passwords. `off`: switched off by a manager.
 */
export const BuyerAccountState = z.enum(['invited', 'invitation-over', 'active', 'locked', 'off']);
export type BuyerAccountState = z.infer<typeof BuyerAccountState>;

export const Buyer = z.object({
  ...BuyerProfile.shape,
  /** With which the buyer signs in; null while nobody has made it, and where the host signs people in. */
  account: z.nullable(
    z.object({
      id: Id,
      username: z.string(),
      state: BuyerAccountState,
      /** End of the invitation, or of the lock. */
      until: z.nullable(Instant),
    }),
  ),
  /** False where the host signs people in: accounts come from there. */
  invitable: z.boolean(),
  /** Name, telephone and language come from the host's own customer base, and are corrected there. */
  keptByHost: z.boolean(),
  updatedAt: Instant,
});
export type Buyer = z.infer<typeof Buyer>;

const manages = ['manager'] as const;

const fields = {
  name: line(120),
  nationalCode: NationalCode,
  /** Any writing of a number; the server normalises it by its numbering plan. */
  telephone: line(30),
  operator: line(120),
  address: BuyerAddress,
  locale: Locale,
};

export const buyers = {
  own: endpoint({
    method: 'GET',
    path: '/buyer',
    summary: 'Who the buyer is, as the house has it (D2); read-only for them',
    access: ['buyer'],
    input: z.object({}),
    output: BuyerProfile,
  }),
  list: endpoint({
    method: 'GET',
    path: '/buyers',
    summary: 'Buyers, by name, national code or number; without a query all, page by page',
    access: manages,
    input: z.object({
      query: z.optional(line(120)),
      /** `next` of the page before. */
      after: z.optional(line(300)),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 50),
    }),
    output: z.object({ buyers: z.array(Buyer), next: z.nullable(z.string()) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/buyers/{customerId}',
    summary: 'One buyer',
    access: manages,
    input: z.object({ customerId: Id }),
    output: Buyer,
  }),
  create: endpoint({
    method: 'POST',
    path: '/buyers',
    summary: 'Make a buyer: a new customer, or one who is a customer already (also of the host)',
    access: manages,
    input: z.object({
      /** An existing customer; then name, telephone and language are theirs. */
      customerId: z.optional(Id),
      name: z.optional(fields.name),
      nationalCode: fields.nationalCode,
      telephone: z.optional(fields.telephone),
      operator: fields.operator,
      address: fields.address,
      locale: z._default(Locale, 'fa'),
    }),
    output: Buyer,
    problems: ['national-code-taken', 'already-a-buyer', 'customer-kept-by-host'],
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/buyers/{customerId}',
    summary: 'Correct what is kept of a buyer; every field is audited',
    access: manages,
    input: z.object({
      customerId: Id,
      name: z.optional(fields.name),
      nationalCode: z.optional(fields.nationalCode),
      telephone: z.optional(fields.telephone),
      operator: z.optional(fields.operator),
      address: z.optional(fields.address),
      locale: z.optional(Locale),
      reason: z.optional(line(300)),
    }),
    output: Buyer,
    problems: ['national-code-taken', 'customer-kept-by-host'],
  }),
  invite: endpoint({
    method: 'POST',
    path: '/buyers/{customerId}/invitation',
    summary: 'Make the account, or reset it: gives a one-time secret, once, with which the buyer sets a password (D1)',
    access: manages,
    input: z.object({
      customerId: Id,
      /** Of a new account. @default the customer's own username */
      username: z.optional(
        line(40).check(
          z.toLowerCase(),
          z.regex(/^[a-z0-9._-]{3,40}$/, 'must be 3 to 40 letters, digits, dots, underscores or hyphens'),
        ),
      ),
      /** Also sends it to the buyer's telephone. */
      byTextMessage: z._default(z.boolean(), false),
    }),
    output: z.object({ buyer: Buyer, secret: z.string(), expiresAt: Instant }),
    problems: ['username-taken'],
  }),
  setAccount: endpoint({
    method: 'PATCH',
    path: '/buyers/{customerId}/account',
    summary: 'Switch a buyer’s account off or on, or lift its lock',
    access: manages,
    input: z.object({
      customerId: Id,
      active: z.optional(z.boolean()),
      unlock: z.optional(z.literal(true)),
      reason: z.optional(line(300)),
    }),
    output: Buyer,
  }),
} as const;
