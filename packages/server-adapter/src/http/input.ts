import type { Endpoint, FieldProblem } from '@callweave/sdk/protocol';
import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { Problem } from '../problem.ts';

// zod/mini speaks only "Invalid input" by itself; the answers name what was expected.
z.config(en());

/** Larger than any form, smaller than what hurts. The import of instruments is the largest legitimate body. */
export const MAX_BODY_BYTES = 1_048_576;

/** Path, and query or JSON body, as one object that is not yet validated. */
export async function assembleInput(
  endpoint: Endpoint,
  request: Request,
  parameters: Readonly<Record<string, string>>,
  query: string,
): Promise<unknown> {
  const fromPath: Record<string, string> = {};
  for (const [name, value] of Object.entries(parameters)) fromPath[name] = decodePathPart(name, value);
  if (endpoint.method === 'GET' || endpoint.raw)
    return { ...Object.fromEntries(new URLSearchParams(query)), ...fromPath };
  if (endpoint.form) return { ...(await readForm(request)), ...fromPath };
  const body = await readJson(request);
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new Problem('invalid-input', 'The body must be a JSON object.', {
      fields: [{ path: '', message: 'must be a JSON object' }],
    });
  }
  return { ...body, ...fromPath };
}

export function validateInput(endpoint: Endpoint, input: unknown): never {
  const parsed = z.safeParse(endpoint.input, input);
  if (!parsed.success) {
    const fields = parsed.error.issues
      .slice(0, 50)
      .map((issue): FieldProblem => ({ path: issue.path.map(String).join('.'), message: issue.message }));
    throw new Problem(
      'invalid-input',
      `The request has ${fields.length === 1 ? 'a field' : 'fields'} that cannot be accepted.`,
      { fields },
    );
  }
  const odd = findUnstorable(parsed.data, '');
  if (odd !== undefined)
    throw new Problem('invalid-input', 'The request has a field that cannot be accepted.', {
      fields: [{ path: odd, message: 'must be well-formed text without NUL' }],
    });
  return parsed.data as never;
}

function decodePathPart(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new Problem('invalid-input', 'The path holds a broken percent sign.', {
      fields: [{ path: name, message: 'is not percent-encoded text' }],
    });
  }
}

async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text === '') return {};
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new Problem('unsupported-media', 'The body must be JSON.');
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid-input', 'The body is not JSON.', { fields: [{ path: '', message: 'is not JSON' }] });
  }
}

async function readForm(request: Request): Promise<Record<string, string>> {
  const text = await readText(request);
  if (text === '') return {};
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
    throw new Problem('unsupported-media', 'The body must be a form, application/x-www-form-urlencoded.');
  return Object.fromEntries(new URLSearchParams(text));
}

async function readText(request: Request): Promise<string> {
  const announced = request.headers.get('content-length');
  if (announced !== null) {
    if (Number(announced) > MAX_BODY_BYTES)
      throw new Problem('too-large', `The body is larger than ${MAX_BODY_BYTES} bytes.`);
    // The server below holds the client to what it announced, so the quick way is safe.
    return Number(announced) === 0 ? '' : await request.text();
  }
  return Buffer.from(await readBytes(request, MAX_BODY_BYTES)).toString('utf8');
}

/** The whole body, of which no more is read than is taken. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new Problem('too-large', `The body is larger than ${maxBytes} bytes.`);
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.byteLength;
    if (size > maxBytes) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** NUL cannot be stored in PostgreSQL, and half a surrogate pair comes back changed: where is the first such text? */
function findUnstorable(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return /\p{Surrogate}|\0/u.test(value) ? path : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = findUnstorable(inner, path === '' ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
