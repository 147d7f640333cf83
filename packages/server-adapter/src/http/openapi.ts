import {
  type Endpoint,
  endpoints,
  IDEMPOTENCY_HEADER,
  PROBLEMS,
  ProblemBody,
  type ProblemCode,
} from '@callweave/sdk/protocol';
import * as z from 'zod/mini';

type Json = Record<string, unknown>;

/** What every operation may answer, besides its own problems. */
const GENERAL = ['invalid-input', 'too-many-requests', 'unavailable', 'internal'] as const;
const OF_CHANGES = [
  'cross-origin',
  'idempotency-required',
  'idempotency-mismatch',
  'too-large',
  'unsupported-media',
] as const;

/** The contract as an OpenAPI 3.1 document. */
export function openapiDocument(basePath: string, version: string): Json {
  const paths: Record<string, Json> = {};
  for (const { name, endpoint } of endpoints()) {
    const path = (paths[endpoint.path] ??= {});
    path[endpoint.method.toLowerCase()] = operation(name, endpoint);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Callweave',
      version,
      summary: 'A call-centre desk: calls, verification, orders, dealing floor, evidence.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: basePath === '' ? '/' : basePath }],
    paths,
    components: {
      schemas: { Problem: schemaOf(ProblemBody, 'output') },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'callweave_session',
          description: 'Set by `session.signIn`; or the sign-in of the host.',
        },
      },
    },
  };
}

function operation(name: string, endpoint: Endpoint): Json {
  const input = schemaOf(endpoint.input, 'input');
  const properties = (input['properties'] ?? {}) as Record<string, Json>;
  const required = new Set((input['required'] ?? []) as string[]);
  const inPath = Array.from(endpoint.path.matchAll(/\{(\w+)\}/g), (match) => match[1] ?? '');
  const rest = Object.keys(properties).filter((key) => !inPath.includes(key));
  const get = endpoint.method === 'GET';
  const parameters: Json[] = inPath.map((key) => ({
    name: key,
    in: 'path',
    required: true,
    schema: properties[key] ?? { type: 'string' },
  }));
  if (get)
    parameters.push(
      ...rest.map((key) => ({ name: key, in: 'query', required: required.has(key), schema: properties[key] })),
    );
  else if (endpoint.raw)
    parameters.push(
      ...rest.map((key) => ({ name: key, in: 'query', required: required.has(key), schema: properties[key] })),
    );
  else if (!endpoint.form)
    parameters.push({
      name: IDEMPOTENCY_HEADER,
      in: 'header',
      required: !name.startsWith('session.sign'),
      schema: { type: 'string', minLength: 1, maxLength: 255 },
      description: 'Same key and body: the stored answer. Same key, other body: 409.',
    });
  const body = {
    type: 'object',
    properties: Object.fromEntries(rest.map((key) => [key, properties[key]])),
    required: rest.filter((key) => required.has(key)),
  };
  const media = endpoint.form ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    summary: endpoint.summary,
    ...(Array.isArray(endpoint.access) ? { description: `Roles: ${endpoint.access.join(', ')}.` } : {}),
    security: endpoint.access === 'public' ? [] : [{ session: [] }],
    parameters,
    ...(endpoint.raw
      ? { requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } } }
      : {}),
    ...(get || endpoint.raw || (rest.length === 0 && !endpoint.form)
      ? {}
      : { requestBody: { required: body.required.length > 0, content: { [media]: { schema: body } } } }),
    responses: {
      200: {
        description: 'Done',
        content:
          endpoint.bytes === undefined
            ? { 'application/json': { schema: schemaOf(endpoint.output, 'output') } }
            : { [endpoint.bytes]: { schema: { type: 'string', format: 'binary' } } },
      },
      ...problemResponses(endpoint),
    },
  };
}

function problemResponses(endpoint: Endpoint): Json {
  const codes = new Set<ProblemCode>([...GENERAL, ...(endpoint.problems ?? [])]);
  if (endpoint.access !== 'public') codes.add('not-signed-in');
  if (Array.isArray(endpoint.access)) codes.add('not-allowed');
  if (endpoint.path.includes('{')) codes.add('not-found');
  if (endpoint.method !== 'GET') for (const code of OF_CHANGES) codes.add(code);
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) byStatus.set(PROBLEMS[code][0], [...(byStatus.get(PROBLEMS[code][0]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, list]) => [
        status,
        {
          description: list.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}`).join(' '),
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  );
}

function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
  }) as Json;
  return json;
}
