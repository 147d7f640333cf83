import fc from 'fast-check';

type Schema = {
  readonly type?: string;
  readonly properties?: Record<string, Schema>;
  readonly items?: Schema;
  readonly enum?: unknown[];
  readonly const?: unknown;
  readonly anyOf?: Schema[];
  readonly oneOf?: Schema[];
  readonly allOf?: Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
};

const NASTY = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  "' or 1=1 --",
  '%',
  '_',
  '\\',
  '"',
  '\r\nX-Injected: 1',
  '../../etc/passwd',
  '۱۲۳۴',
  'ي ك\u200c',
  '__proto__',
  'constructor',
  'null',
  '1e999',
  '😀'.repeat(300),
  'a'.repeat(5_000),
];

/** Anything that JSON can hold, with what usually breaks servers in front. */
const garbage: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...NASTY) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(null, true, -1, 0, 0.5, 1e308, 2 ** 53, -(2 ** 53), [], {}, [[]], {
      __proto__: 1,
    }),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

/**
 * Inputs near a schema: mostly of the right shape, so that they get past validation and into the operations, with some of
 * the parts missing or replaced by garbage.
 * @param known values for properties by name: ids that exist
 */
export function inputNear(
  schema: Schema,
  known: Readonly<Record<string, readonly unknown[]>>,
): fc.Arbitrary<Record<string, unknown>> {
  const near = (part: Schema, name: string): fc.Arbitrary<unknown> => {
    const right = () => {
      const values = known[name];
      if (values !== undefined && values.length > 0) return fc.constantFrom(...values);
      return matching(part, name);
    };
    return fc.oneof({ weight: 12, arbitrary: right() }, { weight: 1, arbitrary: garbage });
  };
  const matching = (part: Schema, name: string): fc.Arbitrary<unknown> => {
    const choices = part.anyOf ?? part.oneOf;
    if (choices !== undefined) return fc.oneof(...choices.map((choice) => matching(choice, name)));
    if (part.const !== undefined) return fc.constant(part.const);
    if (part.enum !== undefined) return fc.constantFrom(...part.enum);
    switch (part.type) {
      case 'object':
        return object(part);
      case 'array':
        return fc.array(near(part.items ?? {}, name), { maxLength: 3 });
      case 'boolean':
        return fc.boolean();
      case 'integer':
      case 'number':
        return fc.oneof(
          fc.integer({ min: Math.max(part.minimum ?? 0, -1e9), max: Math.min(part.maximum ?? 1e6, 1e9) }),
          fc.constantFrom(part.minimum ?? 0, part.maximum ?? 1),
        );
      case 'null':
        return fc.constant(null);
      case 'string':
        if (part.format === 'date') return fc.constantFrom('2026-02-28', '2026-11-22', '9999-12-31');
        return fc.oneof(
          fc.constantFrom('زهرا کریمی', 'Karel Čapek', '+989121234567', '0912 345 67 89', '00123', 'فولاد'),
          fc.string({ maxLength: 30 }),
        );
      default:
        return garbage;
    }
  };
  const object = (part: Schema): fc.Arbitrary<Record<string, unknown>> => {
    const entries = Object.entries(part.properties ?? {}).map(
      ([key, inner]) => [key, fc.option(near(inner, key), { nil: undefined, freq: 12 })] as const,
    );
    return fc
      .record(Object.fromEntries(entries))
      .map((value) => Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)));
  };
  return fc.oneof(
    { weight: 15, arbitrary: object(schema) },
    { weight: 1, arbitrary: garbage as fc.Arbitrary<Record<string, unknown>> },
  );
}
