import * as z from 'zod/mini';
import { isE164 } from './phone-number.ts';
import { hasControlCharacter } from './text.ts';

/** Opaque id, made by the server: a prefix that names the kind, and random characters that sort by time. */
export const Id = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not an id'));

/** A UTC instant, `2026-11-22T09:30:00.000Z`. */
export const Instant = z.iso.datetime({ precision: 3 });

/** A calendar day (Gregorian on the wire; shown in the user's calendar). */
export const Day = z.iso.date();

/** E.164 telephone number. */
export const Number164 = z
  .string()
  .check(z.refine(isE164, 'must be a telephone number in E.164, for example +989121234567'));

/** A line of text a person wrote: trimmed, without control characters. */
export const line = (max: number, min = 1) =>
  z.string().check(
    z.trim(),
    z.minLength(min),
    z.maxLength(max),
    z.refine((text) => !hasControlCharacter(text), 'must not hold control characters'),
  );

/** Text of several lines. */
export const paragraph = (max: number) =>
  z.string().check(
    z.trim(),
    z.maxLength(max),
    z.refine((text) => !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text), 'must not hold control characters'),
  );

/** Whole rials. Toman = 10 rial is a matter of display only. */
export const Rial = z.int().check(z.nonnegative(), z.lte(Number.MAX_SAFE_INTEGER));

export const Locale = z.enum(['en', 'fa', 'cs']);
export type Locale = z.infer<typeof Locale>;

/** A name that the house gave, in each of its languages. */
export const LocalTexts = z.object({ en: z.string(), fa: z.string(), cs: z.string() });
export type LocalTexts = z.infer<typeof LocalTexts>;

export const Empty = z.object({});
