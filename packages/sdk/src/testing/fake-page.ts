/** The events of a page, for tests outside a browser. */
export interface FakePage {
  /** The network came back, or the computer woke up. */
  wake(): void;
  uninstall(): void;
}

export function installFakePage(): FakePage {
  const target = new EventTarget();
  const scope = globalThis as unknown as Record<string, unknown>;
  const names = ['addEventListener', 'removeEventListener'] as const;
  const before = names.map((name) => [name, scope[name]] as const);
  for (const name of names) scope[name] = target[name].bind(target);
  return {
    wake: () => void target.dispatchEvent(new Event('online')),
    uninstall() {
      for (const [name, value] of before) {
        if (value === undefined) delete scope[name];
        else scope[name] = value;
      }
    },
  };
}
