import { endpoints } from '@callweave/sdk/protocol';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { sqliteStores } from '../store/testing.ts';
import { createTestDesk } from '../testing/desk.ts';

describe('OpenAPI', () => {
  const makeStore = sqliteStores();

  it('is a valid 3.1 document with every operation of the contract', async () => {
    const desk = await createTestDesk(await makeStore());
    const { status, body } = await desk.anyone('GET', '/openapi.json');
    expect(status).toBe(200);
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(body));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
    const ids = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(ids.sort()).toEqual(
      endpoints()
        .map(({ name }) => name)
        .sort(),
    );
    expect(body.paths['/orders/{orderId}/fill'].post.requestBody.content['application/json'].schema.required).toEqual([
      'quantity',
      'rial',
    ]);
    expect(body.paths['/customers'].get.parameters).toContainEqual(
      expect.objectContaining({ name: 'query', in: 'query', required: true }),
    );
    await desk.stop();
  });
});
