/** The events of a page, for tests outside a browser. */
export interface FakePage {
  /** The network came back, or the computer woke up. */
  wake(): void;
  /** An event of the window. */
  window(type: string): Event;
  /** An event of the document, such as `resume` or `visibilitychange`. */
  document(type: string, visibilityState?: DocumentVisibilityState): void;
  uninstall(): void;
}

export function installFakePage(): FakePage {
  const target = new EventTarget();
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState });
  const scope = globalThis as unknown as Record<string, unknown>;
  const names = ['addEventListener', 'removeEventListener', 'document'] as const;
  const before = names.map((name) => [name, scope[name]] as const);
  for (const name of ['addEventListener', 'removeEventListener'] as const) scope[name] = target[name].bind(target);
  scope['document'] = page;
  return {
    wake: () => void target.dispatchEvent(new Event('online')),
    window(type) {
      const event = new Event(type, { cancelable: true });
      target.dispatchEvent(event);
      return event;
    },
    document(type, visibilityState = 'visible') {
      page.visibilityState = visibilityState;
      page.dispatchEvent(new Event(type));
    },
    uninstall() {
      for (const [name, value] of before) {
        if (value === undefined) delete scope[name];
        else scope[name] = value;
      }
    },
  };
}
