import type { NumberingPlan } from '@callweave/sdk/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { deleteBeside, groupDialled, insert, regroup, significant, type Typed } from './dialled-number.ts';

export interface NumberEntryOptions {
  readonly input: () => HTMLInputElement | null;
  readonly plan: () => NumberingPlan | undefined;
  /** In the digits of the language. */
  readonly write: (text: string) => string;
  readonly onChange: () => void;
}

/** The number while it is typed, pasted or keyed: kept in groups, with the caret where it was. */
export class NumberEntry implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: NumberEntryOptions;
  #text = '';
  /** Where the caret belongs once the field is drawn. */
  #caret: number | undefined;

  constructor(host: ReactiveControllerHost, options: NumberEntryOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** What is dialled: ASCII, without spaces. */
  get dialled(): string {
    return significant(this.#text);
  }

  /** As it stands in the field. */
  get shown(): string {
    return this.#options.write(groupDialled(this.dialled, this.#options.plan()));
  }

  set(text: string): void {
    this.#change({ text, caret: text.length });
  }

  readonly handleInput = (event: InputEvent) => {
    const input = event.target as HTMLInputElement;
    const typed = { text: input.value, caret: input.selectionStart ?? input.value.length };
    const direction =
      event.inputType === 'deleteContentBackward'
        ? ('backward' as const)
        : event.inputType === 'deleteContentForward'
          ? ('forward' as const)
          : undefined;
    this.#change(direction ? deleteBeside(this.#text, typed, direction) : typed);
  };

  /** Where it will be, when the field is not drawn yet: keys follow each other quickly. */
  get #selection(): readonly [from: number, to: number] {
    const input = this.#options.input();
    const end = this.#caret ?? this.shown.length;
    if (!input || this.#caret !== undefined) return [end, end];
    return [input.selectionStart ?? end, input.selectionEnd ?? end];
  }

  /** A key of the pad: where the caret is. */
  press(key: string): void {
    const [from, to] = this.#selection;
    this.#change(insert(this.shown, from, to, key));
  }

  /** What is selected, or the last digit before the caret. */
  deleteLast(): void {
    const [from, to] = this.#selection;
    const before = from === to ? significant(this.shown.slice(0, from)).slice(0, -1) : this.shown.slice(0, from);
    this.#change({ text: before + this.shown.slice(to), caret: before.length });
  }

  hostUpdated(): void {
    if (this.#caret === undefined) return;
    this.#options.input()?.setSelectionRange(this.#caret, this.#caret);
    this.#caret = undefined;
  }

  #change(typed: Typed): void {
    const { text, caret } = regroup(typed, this.#options.plan());
    this.#text = text;
    this.#caret = caret;
    this.#options.onChange();
    this.#host.requestUpdate();
  }
}
