import { expect, it } from 'vitest';
import { pointAtJavaScript } from './declarations.ts';

it('points relative imports of declarations at the built files, and leaves packages alone', () => {
  const before = [
    `export * from './call.ts';`,
    `import type { Id } from "../protocol/primitives.ts";`,
    `export declare const x: import('./order.ts').Order;`,
    `import * as z from 'zod/mini';`,
    `import type { Call } from '@callweave/sdk/protocol';`,
    `declare const text = 'see ./order.ts';`,
  ].join('\n');
  expect(pointAtJavaScript(before).split('\n')).toEqual([
    `export * from './call.js';`,
    `import type { Id } from "../protocol/primitives.js";`,
    `export declare const x: import('./order.js').Order;`,
    `import * as z from 'zod/mini';`,
    `import type { Call } from '@callweave/sdk/protocol';`,
    `declare const text = 'see ./order.ts';`,
  ]);
});
