import { describe, expect, it } from 'vitest';
import { createSecrets } from './hash.ts';

const pepper = 'p'.repeat(32);

describe('secrets', () => {
  it('verifies what it hashed and nothing else', async () => {
    const secrets = createSecrets({ pepper });
    const hash = await secrets.hashSecret('1234');
    expect(hash).not.toContain('1234');
    expect(await secrets.verifySecret('1234', hash)).toBe(true);
    expect(await secrets.verifySecret('1235', hash)).toBe(false);
    expect(await secrets.verifySecret('1234', null)).toBe(false);
    expect(await secrets.verifySecret('1234', 'garbage')).toBe(false);
    expect(await secrets.hashSecret('1234')).not.toBe(hash);
  });

  it('is useless without the same pepper', async () => {
    const hash = await createSecrets({ pepper, cost: 10 }).hashSecret('1234');
    expect(await createSecrets({ pepper: 'q'.repeat(32), cost: 10 }).verifySecret('1234', hash)).toBe(false);
    expect(() => createSecrets({ pepper: 'short' })).toThrow('at least 32 characters');
  });

  it('verifies hashes made with other costs', async () => {
    const hash = await createSecrets({ pepper, cost: 10, parallelization: 1 }).hashSecret('old');
    expect(await createSecrets({ pepper, cost: 12 }).verifySecret('old', hash)).toBe(true);
  });

  it('runs a crowd without losing anyone', async () => {
    const secrets = createSecrets({ pepper, cost: 8, parallelization: 1 });
    const hashes = await Promise.all(Array.from({ length: 40 }, (_, i) => secrets.hashSecret(`s${i}`)));
    const verified = await Promise.all(hashes.map((hash, i) => secrets.verifySecret(`s${i}`, hash)));
    expect(verified.every(Boolean)).toBe(true);
  });
});
