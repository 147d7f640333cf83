import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { isNationalCode } from './national-code.ts';
import { Day, Id, Locale, line, Number164 } from './primitives.ts';
import { toAsciiDigits } from './text.ts';

export const MAX_SECURITY_QUESTIONS = 10;
export const MAX_DECLARED_NUMBERS = 2;

/** Which section the customer trades in: securities (اوراق بهادار), commodity exchange (بورس کالا) both, or none: a buyer of devices. */
export const CustomerKind = z.enum(['securities', 'commodity', 'both', 'devices']);
export type CustomerKind = z.infer<typeof CustomerKind>;

export const NationalCode = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => toAsciiDigits(text).trim()),
  ),
  z.string().check(z.refine(isNationalCode, 'is not a valid national code: check all 10 digits')),
);

/** A4: five digits. */
export const CustomerUsername = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => toAsciiDigits(text).trim()),
  ),
  z.string().check(z.regex(/^\d{5}$/, 'must have exactly 5 digits')),
);

/** What fits on a badge. */
export const CustomerSummary = z.object({ id: Id, name: z.string(), username: z.string(), kind: CustomerKind });
export type CustomerSummary = z.infer<typeof CustomerSummary>;

export const Customer = z.object({
  ...CustomerSummary.shape,
  nationalCode: z.string(),
  /** One or two declared numbers (A5), E.164. */
  numbers: z.array(Number164),
  /** First and second responder, account ids (A6). */
  responders: z.array(Id),
  contractSignedOn: z.nullable(Day),
  /** The questions' texts; answers never leave the server (A1). */
  questions: z.array(z.object({ id: Id, text: z.string() })),
  /** `initial`: issued and to be changed in the first call. */
  pin: z.enum(['initial', 'set', 'none']),
  /** Verification is locked after too many failures. */
  locked: z.boolean(),
  locale: Locale,
  branch: z.string(),
});
export type Customer = z.infer<typeof Customer>;

/** A question with its answer: goes in, never out. */
export const NewQuestion = z.object({ text: line(200), answer: line(200) });

const editable = {
  name: line(120),
  kind: CustomerKind,
  nationalCode: NationalCode,
  /** Any writing of a number; the server normalises it by its numbering plan. */
  numbers: z.array(line(30)).check(z.minLength(1, 'needs at least one number'), z.maxLength(MAX_DECLARED_NUMBERS)),
  responders: z.array(Id).check(z.maxLength(2)),
  contractSignedOn: z.nullable(Day),
  locale: Locale,
  branch: line(80),
};

export const CustomerInput = z.object({
  ...editable,
  username: z.optional(CustomerUsername),
  responders: z._default(editable.responders, []),
  contractSignedOn: z._default(editable.contractSignedOn, null),
  locale: z._default(Locale, 'fa'),
  branch: z._default(editable.branch, 'call centre'),
  questions: z._default(z.array(NewQuestion).check(z.maxLength(MAX_SECURITY_QUESTIONS)), []),
});

const desk = ['agent', 'supervisor', 'manager'] as const;

export const customers = {
  find: endpoint({
    method: 'GET',
    path: '/customers',
    summary: 'Find customers by number (any format), username, national code or part of the name; never creates',
    access: desk,
    input: z.object({ query: line(120), limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(50)), 20) }),
    output: z.object({ customers: z.array(CustomerSummary) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/customers/{customerId}',
    summary: 'One customer',
    access: desk,
    input: z.object({ customerId: Id }),
    output: Customer,
  }),
  create: endpoint({
    method: 'POST',
    path: '/customers',
    summary: 'Create a customer (A3) with the initial PIN (A4)',
    access: desk,
    input: CustomerInput,
    output: Customer,
    problems: ['username-taken', 'national-code-taken', 'unknown-responder', 'customer-kept-by-host'],
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/customers/{customerId}',
    summary: 'Change a customer',
    access: desk,
    input: z.object({
      customerId: Id,
      name: z.optional(editable.name),
      kind: z.optional(editable.kind),
      nationalCode: z.optional(editable.nationalCode),
      numbers: z.optional(editable.numbers),
      responders: z.optional(editable.responders),
      contractSignedOn: z.optional(editable.contractSignedOn),
      locale: z.optional(Locale),
      branch: z.optional(editable.branch),
    }),
    output: Customer,
    problems: ['national-code-taken', 'unknown-responder', 'customer-kept-by-host', 'kept-as-buyer'],
  }),
  setQuestions: endpoint({
    method: 'PUT',
    path: '/customers/{customerId}/questions',
    summary: 'Replace all security questions and their answers (A1)',
    access: ['supervisor', 'manager'],
    input: z.object({ customerId: Id, questions: z.array(NewQuestion).check(z.maxLength(MAX_SECURITY_QUESTIONS)) }),
    output: Customer,
  }),
  resetPin: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/pin',
    summary: 'Issue the initial PIN again',
    access: ['supervisor', 'manager'],
    input: z.object({ customerId: Id }),
    output: Customer,
  }),
  unlock: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/unlock',
    summary: 'Lift the verification lock, with a reason',
    access: ['supervisor', 'manager'],
    input: z.object({ customerId: Id, reason: line(300) }),
    output: Customer,
  }),
} as const;
