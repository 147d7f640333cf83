import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * A key with its modifiers, by its place on the keyboard (`KeyboardEvent.code`): the same finger in every layout, so
 * that a Persian keyboard needs no shortcuts of its own. `Alt+KeyM`, `Alt+Shift+KeyE`.
 */
export type Shortcut = string;

/** Keyboard shortcuts of the whole page; silent while a person types. */
export class ShortcutController implements ReactiveController {
  readonly #bindings: () => Readonly<Record<Shortcut, (() => void) | undefined>>;

  constructor(host: ReactiveControllerHost, bindings: () => Readonly<Record<Shortcut, (() => void) | undefined>>) {
    this.#bindings = bindings;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('keydown', this.#handleKeydown);
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.#handleKeydown);
  }

  readonly #handleKeydown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.isComposing || isEditable(event.composedPath()[0])) return;
    const action = this.#bindings()[shortcutOf(event)];
    if (!action) return;
    event.preventDefault();
    action();
  };
}

function shortcutOf(event: KeyboardEvent): Shortcut {
  const modifiers = [
    event.ctrlKey && 'Control',
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
    event.metaKey && 'Meta',
  ];
  return [...modifiers.filter(Boolean), event.code].join('+');
}

/** Whether a person is writing there. */
export function isEditable(target: EventTarget | null | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !NOT_WRITTEN.has(target.type);
}

const NOT_WRITTEN: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'radio',
  'range',
  'submit',
  'reset',
  'color',
  'file',
  'image',
]);

/** For tooltips: `Alt+M`. */
export const shortcutLabel = (shortcut: Shortcut): string => shortcut.replace(/Key|Digit/g, '');
