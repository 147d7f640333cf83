/** The system programs that development and tests need beside Node. */
export const components = ['chromium', 'postgres', 'asterisk', 'sipp', 'baresip'] as const;

export type Component = (typeof components)[number];

/** Where a component was found (or put), or why not and the one command that would bring it. */
export type Provision =
  | { readonly ok: true; readonly path: string; readonly version?: string }
  | { readonly ok: false; readonly reason: string; readonly fix: string };

export function isComponent(name: string): name is Component {
  return (components as readonly string[]).includes(name);
}

/** For callers that cannot go on without it: one error that carries both the reason and the fix. */
export class MissingComponentError extends Error {
  override readonly name = 'MissingComponentError';
  readonly component: Component;
  constructor(component: Component, provision: { reason: string; fix: string }) {
    super(`${component} is not available: ${provision.reason} Fix: ${provision.fix}`);
    this.component = component;
  }
}
