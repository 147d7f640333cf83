import 'axe-core/axe.min.js';
import type * as Axe from 'axe-core';

declare global {
  /** Set by axe-core, which is a classic script: importing it runs it. */
  var axe: typeof Axe;
}

export interface AccessibilityOptions {
  /** Rules that cannot hold in a test page, each with a comment at the call that says why. */
  disable?: string[];
}

/** Runs axe on an element and everything in its shadow trees; fails with what is wrong, where, and how to fix it. */
export async function expectAccessible(element: Element, { disable = [] }: AccessibilityOptions = {}): Promise<void> {
  const { violations } = await globalThis.axe.run(element, {
    resultTypes: ['violations'],
    rules: {
      // A widget is a part of a page: landmarks and the page's heading are the host's.
      region: { enabled: false },
      ...Object.fromEntries(disable.map((rule) => [rule, { enabled: false }])),
    },
  });
  if (violations.length === 0) return;
  const lines = violations.flatMap((violation) => [
    `${violation.id} (${violation.impact}): ${violation.help}`,
    ...violation.nodes.map(
      (node) => `  ${node.target.flat().join(' › ')}: ${node.failureSummary?.replaceAll('\n', ' ')}`,
    ),
  ]);
  throw new Error(`The accessibility check found ${violations.length} violation(s):\n${lines.join('\n')}`);
}
