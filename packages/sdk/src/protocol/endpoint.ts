import type * as z from 'zod/mini';
import type { ProblemCode } from './problem.ts';
import type { Role } from './role.ts';

/**
 * One operation of the HTTP contract. `input` is one flat object: names that stand in `path` as `{name}` travel in the
 * path, the others in the query of a GET and in the JSON body of anything else.
 */
export interface Endpoint<Input extends z.ZodMiniType = z.ZodMiniType, Output extends z.ZodMiniType = z.ZodMiniType> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: `/${string}`;
  readonly summary: string;
  /** Who may call it: these roles, anyone signed in, or anyone. */
  readonly access: readonly Role[] | 'signed-in' | 'public';
  readonly input: Input;
  readonly output: Output;
  /** Codes particular to this operation; the general ones (`invalid-input`, `not-signed-in`, …) go without saying. */
  readonly problems?: readonly ProblemCode[];
  /** Answers with bytes instead of JSON: its media type. `output` then describes nothing. */
  readonly bytes?: string;
  /**
   * Sent by another service and not by a page: the body is a form instead of JSON, and no Idempotency-Key is asked, since
   * such a service sends none. The operation itself makes a repeated request harmless.
   */
  readonly form?: true;
  /** Like `form`, for files: the body is taken as it is, and only the query is input. The operation checks its signature. */
  readonly raw?: { readonly maxBytes: number };
}

/** Keeps the method's literal type: a reading operation is implemented differently from a changing one. */
export function endpoint<
  const Input extends z.ZodMiniType,
  const Output extends z.ZodMiniType,
  const Method extends Endpoint['method'],
>(
  definition: Endpoint<Input, Output> & { readonly method: Method },
): Endpoint<Input, Output> & { readonly method: Method } {
  return definition;
}

/** What a caller passes in (before defaults) and gets out. */
export type InputOf<E> = E extends Endpoint<infer I, z.ZodMiniType> ? z.input<I> : never;
export type ParsedInputOf<E> = E extends Endpoint<infer I, z.ZodMiniType> ? z.output<I> : never;
export type OutputOf<E> = E extends Endpoint<z.ZodMiniType, infer O> ? z.output<O> : never;

/** The names that stand in a path: `/calls/{callId}` → `['callId']`. */
export function pathNames(path: string): string[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), (match) => match[1] ?? '');
}
