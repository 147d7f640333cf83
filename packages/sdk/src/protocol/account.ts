import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Empty, Id, Instant, Locale, line, Number164 } from './primitives.ts';
import { Role } from './role.ts';

/** A2: where calls reach a responder. */
export const ResponderDevice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('browser') }),
  z.object({ kind: z.literal('number'), number: Number164 }),
]);
export type ResponderDevice = z.infer<typeof ResponderDevice>;

/** C1. `inbound`: is rung, and rings nobody. `outbound`: rings, and is not rung. */
export const CallMode = z.enum(['inbound', 'outbound', 'blended']);
export type CallMode = z.infer<typeof CallMode>;

export const Account = z.object({
  id: Id,
  username: z.string(),
  name: z.string(),
  roles: z.array(Role),
  /** Branch the person sits in; a responder may sit in any (A6). */
  branch: z.string(),
  device: ResponderDevice,
  /** On leave: routing passes over this responder (G3). */
  onLeave: z.boolean(),
  /** Takes calls that reach no responder. */
  inGroup: z.boolean(),
  callMode: CallMode,
  /** Whose devices a buyer sees: the customer behind the account. */
  customerId: z.nullable(Id),
  active: z.boolean(),
  lockedUntil: z.nullable(Instant),
  locale: Locale,
});
export type Account = z.infer<typeof Account>;

/** What the page knows of who is signed in. */
export const SessionView = z.object({
  account: z.pick(Account, {
    id: true,
    username: true,
    name: true,
    roles: true,
    branch: true,
    device: true,
    onLeave: true,
    locale: true,
    customerId: true,
  }),
  /** False when the host's own sign-in is used: the widgets then offer no sign-out. */
  ownSignIn: z.boolean(),
  expiresAt: z.nullable(Instant),
  /** Signed in with a one-time secret: nothing is answered before a password is set. */
  mustSetPassword: z.optional(z.boolean()),
});
export type SessionView = z.infer<typeof SessionView>;

const Username = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.regex(/^[a-z0-9._-]{3,40}$/, 'must be 3 to 40 letters, digits, dots, underscores or hyphens'),
  );
/** NIST 800-63B: length, not composition. */
const NewPassword = z.string().check(z.minLength(10, 'must have at least 10 characters'), z.maxLength(256));

const manages = ['manager'] as const;

export const session = {
  signIn: endpoint({
    method: 'POST',
    path: '/session',
    summary: 'Sign in with username and password; sets an HttpOnly cookie',
    access: 'public',
    input: z.object({ username: z.string().check(z.maxLength(256)), password: z.string().check(z.maxLength(1024)) }),
    output: SessionView,
    problems: ['wrong-credentials', 'account-locked', 'invitation-over'],
  }),
  setPassword: endpoint({
    method: 'POST',
    path: '/session/password',
    summary: 'Set the password at the first sign-in, or after a reset; ends every other session of the account',
    access: 'signed-in',
    input: z.object({ password: NewPassword }),
    output: SessionView,
    problems: ['password-set-already', 'password-too-near'],
  }),
  get: endpoint({
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in',
    access: 'signed-in',
    input: Empty,
    output: SessionView,
  }),
  signOut: endpoint({
    method: 'DELETE',
    path: '/session',
    summary: 'Sign out',
    access: 'signed-in',
    input: Empty,
    output: Empty,
  }),
  phoneCredentials: endpoint({
    method: 'GET',
    path: '/session/phone',
    summary: 'Short-lived credentials of the browser phone of who is signed in',
    access: ['agent', 'supervisor', 'field-caller'],
    input: Empty,
    output: z.object({
      /** Address of record. */
      uri: z.string(),
      /** WebSocket address, or a path on the adapter's origin. */
      server: z.string(),
      username: z.string(),
      password: z.string(),
      realm: z.optional(z.string()),
      expiresAt: Instant,
    }),
    problems: ['exchange-unavailable'],
  }),
} as const;

export const accounts = {
  list: endpoint({
    method: 'GET',
    path: '/accounts',
    summary: 'Accounts, for choosing responders and for managers',
    access: ['agent', 'supervisor', 'manager'],
    input: Empty,
    output: z.object({ accounts: z.array(Account) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/accounts',
    summary: 'Create an account',
    access: manages,
    input: z.object({
      username: Username,
      password: NewPassword,
      name: line(120),
      roles: z.array(Role).check(z.minLength(1), z.maxLength(5)),
      branch: z._default(line(80), 'head office'),
      device: z._default(ResponderDevice, { kind: 'browser' }),
      inGroup: z._default(z.boolean(), false),
      callMode: z._default(CallMode, 'blended'),
      locale: z._default(Locale, 'en'),
    }),
    output: Account,
    problems: ['username-taken'],
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/accounts/{accountId}',
    summary: 'Change an account; also resets its password and lifts its lock',
    access: manages,
    input: z.object({
      accountId: Id,
      name: z.optional(line(120)),
      roles: z.optional(z.array(Role).check(z.minLength(1), z.maxLength(5))),
      branch: z.optional(line(80)),
      device: z.optional(ResponderDevice),
      onLeave: z.optional(z.boolean()),
      inGroup: z.optional(z.boolean()),
      callMode: z.optional(CallMode),
      active: z.optional(z.boolean()),
      locale: z.optional(Locale),
      password: z.optional(NewPassword),
      unlock: z.optional(z.literal(true)),
    }),
    output: Account,
  }),
  setOwn: endpoint({
    method: 'PATCH',
    path: '/session/profile',
    summary: 'Change where calls reach me, my leave, my language (A2, G3)',
    access: ['agent', 'supervisor', 'dealer', 'field-caller'],
    input: z.object({
      device: z.optional(ResponderDevice),
      onLeave: z.optional(z.boolean()),
      locale: z.optional(Locale),
    }),
    output: Account,
  }),
} as const;
