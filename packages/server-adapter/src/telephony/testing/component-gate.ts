import { describe, it } from 'vitest';
import { type Component, ensure } from '../../../../../scripts/system/ensure.ts';

/**
 * Defines tests that need system components. Where one cannot be had, a single skipped test says which and why; with
 * `CI=true` that is a failure.
 */
export async function describeWith(components: readonly Component[], title: string, define: () => void): Promise<void> {
  for (const component of components) {
    const provision = await ensure(component);
    if (provision.ok) continue;
    describe(title, () => {
      it(`needs ${component}`, (context) => {
        const reason = `${provision.reason} Fix: ${provision.fix}`;
        if (process.env.CI === 'true') throw new Error(reason);
        context.skip(reason);
      });
    });
    return;
  }
  describe(title, define);
}
