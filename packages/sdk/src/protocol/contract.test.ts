import { describe, expect, test } from 'vitest';
import { endpoints } from './contract.ts';
import { pathNames } from './endpoint.ts';
import { PROBLEMS, type ProblemCode } from './problem.ts';
import { Role } from './role.ts';

/** Any operation may answer with these; they are not listed at each. */
const GENERAL: readonly ProblemCode[] = [
  'invalid-input',
  'not-signed-in',
  'not-allowed',
  'password-not-set',
  'cross-origin',
  'not-found',
  'method-not-allowed',
  'conflict',
  'idempotency-mismatch',
  'idempotency-required',
  'too-large',
  'unsupported-media',
  'too-many-requests',
  'unavailable',
  'internal',
];

const all = endpoints();
const shapeOf = (schema: unknown): Record<string, unknown> =>
  (schema as { def: { shape?: Record<string, unknown> } }).def.shape ?? {};

test('no two operations share method and path', () => {
  const places = all.map(({ endpoint }) => `${endpoint.method} ${endpoint.path.replace(/\{\w+\}/g, '{}')}`);
  expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
});

describe.each(all)('$name', ({ endpoint }) => {
  test('the names in the path are fields of the input, once each, and can stand in a path', () => {
    const names = pathNames(endpoint.path);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(Object.keys(shapeOf(endpoint.input))).toContain(name);
    expect(endpoint.path).toMatch(/^(\/([a-z][a-z-]*|\{[a-z]\w*\}))+$/);
  });

  test('the input is one object that says what is missing in it', () => {
    expect((endpoint.input as unknown as { def: { type: string } }).def.type).toBe('object');
    expect(endpoint.input.safeParse(null).success).toBe(false);
    expect(endpoint.input.safeParse([]).success).toBe(false);
  });

  test('a path name takes an id and nothing that could lead elsewhere', () => {
    for (const name of pathNames(endpoint.path)) {
      const schema = shapeOf(endpoint.input)[name] as { safeParse(value: unknown): { success: boolean } };
      expect(schema.safeParse('order_01abc').success).toBe(true);
      for (const bad of ['', '../x', 'a/b', 'a b', 'a\n', 'x'.repeat(65)])
        expect(schema.safeParse(bad).success).toBe(false);
    }
  });

  test('access names known roles, and somebody', () => {
    if (typeof endpoint.access === 'string') expect(['public', 'signed-in']).toContain(endpoint.access);
    else {
      expect(endpoint.access.length).toBeGreaterThan(0);
      for (const role of endpoint.access) expect(Role.options).toContain(role);
    }
  });

  test('its problems are known, listed once, and not the general ones', () => {
    const listed = endpoint.problems ?? [];
    expect(new Set(listed).size).toBe(listed.length);
    for (const code of listed) {
      expect(Object.keys(PROBLEMS)).toContain(code);
      // A conflict is worth naming where it says something particular.
      if (code !== 'conflict') expect(GENERAL).not.toContain(code);
    }
  });

  test('it is described', () => {
    expect(endpoint.summary.length).toBeGreaterThan(5);
    expect(endpoint.summary.endsWith('.')).toBe(false);
  });
});

test('every problem can happen somewhere, has an error status and says the fix', () => {
  const used = new Set<string>([...GENERAL, ...all.flatMap(({ endpoint }) => endpoint.problems ?? [])]);
  expect(Object.keys(PROBLEMS).filter((code) => !used.has(code))).toEqual([]);
  for (const [code, [status, fix]] of Object.entries(PROBLEMS)) {
    expect({ code, status: status >= 400 && status < 600 }).toEqual({ code, status: true });
    expect(fix).toMatch(/^[A-Z].{10,}\.$/);
  }
});

test('what somebody unknown may call: sign-in, health, what other services tell us or ask with a key, and signed links', () => {
  expect(
    all
      .filter(({ endpoint }) => endpoint.access === 'public')
      .map(({ name }) => name)
      .sort(),
  ).toEqual([
    'certificates.check',
    'certificates.page',
    'faxes.inbound',
    'health.get',
    'messages.report',
    'messages.reportByQuery',
    'messages.whatsAppChallenge',
    'messages.whatsAppNews',
    'partner.courses',
    'partner.orders',
    'partner.putCourse',
    'partner.revenue',
    'partner.withdrawCourse',
    'payments.callback',
    'recordings.file',
    'session.signIn',
    'transferAcceptances.accept',
    'transferAcceptances.decline',
    'transferAcceptances.get',
    'transferAcceptances.sendCode',
  ]);
});
