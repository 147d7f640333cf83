import { type Component, ensure } from '../system/ensure.ts';
import { Checks, type Stage, strict } from './stage.ts';

const needed: Record<Component, string> = {
  chromium: 'browser tests, package checks in a browser, Storybook checks, end-to-end tests',
  postgres: 'every test of the store and the domain on PostgreSQL',
  asterisk: 'the exchange contract suite on Asterisk, end-to-end tests on Asterisk',
  sipp: 'end-to-end tests with a SIPp customer',
  baresip: 'end-to-end tests with a baresip customer',
};

/** Provides the real components first, so that what is missing is known, and said, before the tests. */
export const components: Stage = {
  name: 'components',
  title: 'System components',
  async run() {
    const checks = new Checks();
    for (const [name, use] of Object.entries(needed) as [Component, string][]) {
      console.log(`  › ${name}`);
      const result = await ensure(name).catch((error: unknown) => ({
        ok: false as const,
        reason: error instanceof Error ? error.message : String(error),
        fix: 'see the message above',
      }));
      if (result.ok) {
        await checks.check(`${name} ${result.version ?? ''} at ${result.path}`, async () => undefined);
      } else {
        const problem = `${result.reason}. Not run without it: ${use}. Fix: ${result.fix}`;
        if (strict) await checks.check(name, async () => problem);
        else checks.skip(name, problem);
      }
    }
    return checks;
  },
};
