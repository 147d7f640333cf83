import { createRequire } from 'node:module';
import type { TestRunnerConfig } from '@web/test-runner';
import { build } from 'esbuild';
import { root } from '../stages/stage.ts';

type Plugin = NonNullable<TestRunnerConfig['plugins']>[number];

const prefix = '/__commonjs/';
const fromSdk = createRequire(`${root}packages/sdk/package.json`);

/** An ES module with the CommonJS module's own export names, as bundlers and Node give it to the code that imports it. */
async function asModule(specifier: string): Promise<string> {
  const names = Object.keys(fromSdk(specifier) as object).filter(
    (name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default',
  );
  const result = await build({
    stdin: {
      contents: `import whole from '${specifier}';\nexport default whole;\nexport const { ${names.join(', ')} } = whole;`,
      resolveDir: `${root}packages/sdk`,
    },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    define: { global: 'globalThis' },
    write: false,
  });
  return result.outputFiles[0]!.text;
}

/** Serves packages that are CommonJS as ES modules; the test server hands every other file to the browser as it is. */
export function commonjsPackages(packages: string[]): Plugin {
  const served = new Map<string, Promise<string>>();
  return {
    name: 'commonjs-packages',
    resolveImport({ source }) {
      const known = packages.some((name) => source === name || source.startsWith(`${name}/`));
      return known ? `${prefix}${source}.js` : undefined;
    },
    async serve({ path }) {
      if (!path.startsWith(prefix)) return undefined;
      const specifier = path.slice(prefix.length, -'.js'.length);
      const module = served.get(specifier) ?? asModule(specifier);
      served.set(specifier, module);
      return { body: await module, type: 'js' };
    },
  };
}
