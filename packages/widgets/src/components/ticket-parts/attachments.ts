import { isCallweaveError, type TicketRules, type Tickets } from '@callweave/sdk';
import type { Attachment } from '@callweave/sdk/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Why a file is not taken, before or after it was sent. */
export type FileProblem = 'tooLarge' | 'tooMany' | 'wrongType' | 'isEmpty' | 'failed';

/** A file that was chosen for a message. */
export interface PickedFile {
  /** The upload's id: the same one again is the same file. */
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** How much of it is uploaded, from 0 to 1. */
  readonly share: number;
  readonly attachment: Attachment | undefined;
  readonly problem: FileProblem | undefined;
}

interface Pick extends PickedFile {
  readonly file: File;
  readonly abort: AbortController;
}

const PROBLEM_OF: Readonly<Record<string, FileProblem>> = {
  'attachment-type': 'wrongType',
  'attachment-empty': 'isEmpty',
  'attachment-too-many': 'tooMany',
  'too-large': 'tooLarge',
};

/** Files that go with a message: checked against the limits, uploaded at once, tried again, taken back. */
export class Attachments implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #tickets: () => Tickets | undefined;
  #picks: readonly Pick[] = [];
  #rules: TicketRules['attachments'] | undefined;
  #asked: Tickets | undefined;
  /** For whoever does not see the bars: what was uploaded last. */
  announced: PickedFile | undefined;

  constructor(host: ReactiveControllerHost, tickets: () => Tickets | undefined) {
    this.#host = host;
    this.#tickets = tickets;
    host.addController(this);
  }

  get files(): readonly PickedFile[] {
    return this.#picks;
  }

  get rules(): TicketRules['attachments'] | undefined {
    return this.#rules;
  }

  /** Every file is either there or not wanted: a message can go. */
  get settled(): boolean {
    return this.#picks.every(({ attachment }) => attachment !== undefined && attachment.state !== 'infected');
  }

  get ids(): string[] {
    return this.#picks.flatMap(({ attachment }) => (attachment ? [attachment.id] : []));
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const problem = this.#problemOf(file);
      const pick: Pick = {
        id: crypto.randomUUID(),
        name: file.name,
        bytes: file.size,
        share: 0,
        attachment: undefined,
        problem,
        file,
        abort: new AbortController(),
      };
      this.#picks = [...this.#picks, pick];
      if (problem === undefined) void this.#upload(pick);
    }
    this.#host.requestUpdate();
  }

  again(id: string): void {
    const pick = this.#picks.find((each) => each.id === id);
    if (pick?.problem !== 'failed') return;
    this.#change(id, { problem: undefined, share: 0 });
    void this.#upload(pick);
  }

  remove(id: string): void {
    const pick = this.#picks.find((each) => each.id === id);
    if (!pick) return;
    pick.abort.abort();
    // What cannot be removed now is removed by the server within a day.
    if (pick.attachment)
      this.#tickets()
        ?.discard(pick.attachment.id)
        .catch(() => undefined);
    this.#picks = this.#picks.filter((each) => each !== pick);
    this.#host.requestUpdate();
  }

  /** They belong to a message that was sent. */
  release(): void {
    this.#picks = [];
    this.announced = undefined;
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const tickets = this.#tickets();
    if (!tickets || tickets === this.#asked) return;
    this.#asked = tickets;
    tickets.rules().then(
      ({ attachments }) => {
        this.#rules = attachments;
        this.#host.requestUpdate();
      },
      // The server checks in any case; the limits are then said by it.
      () => {
        this.#asked = undefined;
      },
    );
  }

  hostDisconnected(): void {
    for (const { abort, attachment } of this.#picks) if (!attachment) abort.abort();
  }

  #problemOf(file: File): FileProblem | undefined {
    if (file.size === 0) return 'isEmpty';
    const rules = this.#rules;
    if (!rules) return undefined;
    if (this.#picks.length >= rules.maxFiles) return 'tooMany';
    if (file.size > rules.maxBytes) return 'tooLarge';
    // The browser's guess is by the name: only what it is sure of is refused here, the server looks at the bytes.
    return file.type !== '' && !rules.mediaTypes.some((type) => type === file.type) ? 'wrongType' : undefined;
  }

  async #upload({ id, file, name, abort }: Pick): Promise<void> {
    try {
      const attachment = await this.#tickets()?.upload(file, {
        uploadId: id,
        name,
        signal: abort.signal,
        onProgress: (bytes, of) => this.#change(id, { share: of === 0 ? 1 : bytes / of }),
      });
      this.#change(id, { attachment, share: 1 });
      this.announced = this.#picks.find((each) => each.id === id);
    } catch (error) {
      if (abort.signal.aborted) return;
      const code = isCallweaveError(error) ? error.code : '';
      this.#change(id, { problem: PROBLEM_OF[code] ?? 'failed' });
    }
  }

  #change(id: string, changes: Partial<Pick>): void {
    this.#picks = this.#picks.map((each) => (each.id === id ? { ...each, ...changes } : each));
    this.#host.requestUpdate();
  }
}
