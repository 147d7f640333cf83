import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';

let render: ((source: string) => TemplateResult) | undefined;
let loading: Promise<unknown> | undefined;

/** Draws Markdown. The parser arrives with the first text that is to be drawn; until then the text stands as it is. */
export class MarkdownController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #source: string | undefined;
  #drawn: TemplateResult | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  draw(source: string): TemplateResult | string {
    if (render === undefined) {
      loading ??= import('../formats/markdown.ts').then(
        (module) => {
          render = module.renderMarkdown;
        },
        () => {
          // Tried again with the next text: it may have been the network.
          loading = undefined;
        },
      );
      void loading.then(() => this.#host.requestUpdate());
      return source;
    }
    // Parsed once, and not again with every change around it.
    if (this.#source !== source || this.#drawn === undefined) {
      this.#source = source;
      this.#drawn = render(source);
    }
    return this.#drawn;
  }

  hostConnected(): void {}
}
