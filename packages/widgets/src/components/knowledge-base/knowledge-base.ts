import { type ArticleFilter, articles, devices, type FoundArticles } from '@callweave/sdk';
import type { ArticleHit, ArticleKind, ArticlePage, DeviceType } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { MarkdownController } from '../../controllers/markdown-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { infoIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { proseStyles } from '../../styles/prose.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { articleTerms } from '../../translations/article-terms.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { knowledgeBaseStyles } from './knowledge-base.styles.ts';
import { markedText } from './marked-text.ts';

const KINDS: readonly ArticleKind[] = ['article', 'video'];
const LIMIT = 20;
/** Between the last key and the question to the server. */
const PAUSE_MS = 200;
/** What a browser may play by itself; anything else is a page of its own. */
const PLAYABLE = /\.(?:mp4|m4v|webm|ogv)$/i;

/**
 * @summary The knowledge base for buyers: a search that answers while one types, by device type, and articles and videos
 * to read. What a buyer sees, the server decides: general ones and those about devices they own.
 *
 * @csspart hit - One article that was found.
 * @csspart article - The article that is read.
 */
export class CwKnowledgeBase extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    proseStyles,
    knowledgeBaseStyles,
  ];

  protected override readonly locale = new LocaleController(this, articleTerms, problemTerms);
  readonly #changes = new ReadableController(this, () => this.feature(articles)?.changes);
  readonly #connection = new ReadableController(this, () => this.activeDesk?.connection);
  readonly #types = new FollowController(this, {
    key: () => this.activeDesk,
    open: () => {
      const feature = this.feature(devices);
      return feature && { state: feature.types, close: feature.openTypes() };
    },
  });
  readonly #owned = new FollowController(this, {
    // Only a buyer owns devices.
    key: () => (this.#isBuyer ? this.activeDesk : undefined),
    open: () => this.feature(devices)?.follow(),
  });
  readonly #markdown = new MarkdownController(this);

  @state() private query = '';
  @state() private kind: ArticleKind | '' = '';
  @state() private found: FoundArticles | undefined;
  @state() private page: ArticlePage | undefined;
  @state() private error: unknown;
  @state() private blocked = false;

  /** Only what is about this device type. */
  @property({ attribute: 'type-id' }) typeId = '';
  /** The article that is read; empty: the list. */
  @property({ attribute: 'article-id' }) articleId = '';

  #asked = '';
  #queried = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #from: string | undefined;

  get #isBuyer(): boolean {
    const session = this.activeDesk?.session.state.get();
    return session?.status === 'signed-in' && session.session.account.roles.includes('buyer');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#asked = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.activeDesk) return;
    const { articleId, query, typeId, kind } = this;
    const what = articleId === '' ? [query, typeId, kind] : [articleId];
    const asked = JSON.stringify([this.#changes.value, this.locale.locale, articleId === '', ...what]);
    if (asked === this.#asked) return;
    const typing = this.#asked !== '' && this.#queried !== query;
    this.#queried = query;
    this.#asked = asked;
    clearTimeout(this.#timer);
    if (typing) this.#timer = setTimeout(() => void this.#load(asked), PAUSE_MS);
    else void this.#load(asked);
  }

  /** What comes after something else was asked is dropped. */
  async #load(asked: string, offset = 0): Promise<void> {
    const { articleId } = this;
    try {
      if (articleId === '') {
        const found = await this.feature(articles)?.search(this.#filter(offset));
        if (asked !== this.#asked || !found) return;
        const before = offset === 0 ? [] : (this.found?.articles ?? []);
        this.found = { ...found, articles: [...before, ...found.articles] };
        this.page = undefined;
      } else {
        const page = await this.feature(articles)?.read(articleId, this.locale.locale);
        if (asked !== this.#asked) return;
        this.page = page;
        this.blocked = false;
      }
      this.error = undefined;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.error = error;
      // What was taken back must not stay on the page.
      if (articleId !== '' && isGone(error)) this.page = undefined;
    }
  }

  #filter(offset: number): ArticleFilter {
    const { query, typeId, kind } = this;
    return {
      query: query.trim(),
      locale: this.locale.locale,
      limit: LIMIT,
      offset,
      ...(typeId === '' ? {} : { typeId }),
      ...(kind === '' ? {} : { kind }),
    };
  }

  async #show(articleId: string): Promise<void> {
    const back = articleId === '' ? this.#from : undefined;
    if (articleId !== '') this.#from = articleId;
    this.error = undefined;
    this.articleId = articleId;
    await this.updateComplete;
    // The person asked for it: the focus goes where they read on.
    const target = back === undefined ? 'h3' : `[data-article="${back}"]`;
    (
      this.renderRoot.querySelector<HTMLElement>(target) ?? this.renderRoot.querySelector<HTMLElement>('#query')
    )?.focus();
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.articles;
    const offline = this.#connection.value === 'offline';
    return html`
      <section class="surface stack" aria-labelledby="title">
        <h2 id="title">${t.title}</h2>
        ${offline ? html`<p class="message warning">${warningIcon}<span>${t.offline}</span></p>` : nothing}
        ${this.error === undefined ? nothing : this.#renderFailure(this.error)}
        ${this.articleId === '' ? this.#renderSearch() : this.#renderPage()}
      </section>`;
  }

  #renderFailure(error: unknown): TemplateResult {
    const { terms } = this.locale;
    const words = this.articleId !== '' && isGone(error) ? terms.articles.gone : describeProblem(error, terms);
    return html`<p class="message danger" role="alert">${warningIcon}<span>${words}</span></p>`;
  }

  #renderSearch(): TemplateResult {
    const t = this.locale.terms.articles;
    const { found } = this;
    const types = this.#shownTypes();
    return html`
      <div class="filters" role="search">
        <div class="field"><label for="query">${t.search}</label>
          <input id="query" type="search" dir="auto" autocomplete="off" maxlength="200" placeholder=${t.searchHint} .value=${this.query}
            @input=${(event: Event) => {
              this.query = (event.target as HTMLInputElement).value;
            }}></div>
        ${
          types.length === 0
            ? nothing
            : html`<div class="field"><label for="type">${t.type}</label>
              <select id="type" @change=${(event: Event) => {
                this.typeId = (event.target as HTMLSelectElement).value;
              }}><option value="" ?selected=${this.typeId === ''}>${t.allTypes}</option>${types.map(
                ({ id, names }) =>
                  html`<option value=${id} ?selected=${id === this.typeId}>${names[this.locale.locale]}</option>`,
              )}</select></div>`
        }
        <div class="field"><label for="kind">${t.kinds}</label>
          <select id="kind" @change=${(event: Event) => {
            this.kind = (event.target as HTMLSelectElement).value as ArticleKind | '';
          }}><option value="">${t.allKinds}</option>${KINDS.map((kind) => html`<option value=${kind}>${t.kind[kind]}</option>`)}</select></div>
      </div>
      <p class="visually-hidden" role="status">${found && this.query.trim() !== '' ? t.found(found.articles.length) : nothing}</p>
      ${
        found === undefined
          ? this.error === undefined
            ? html`<span class="skeleton"></span><span class="skeleton"></span>`
            : nothing
          : found.articles.length === 0
            ? html`<p class="empty">${this.query.trim() === '' ? t.empty : t.noMatch(this.query.trim())}</p>`
            : html`<ul>${repeat(
                found.articles,
                ({ id }) => id,
                (hit) => this.#renderHit(hit),
              )}</ul>`
      }
      ${found?.more ? html`<button data-action="more" @click=${() => void this.#load(this.#asked, found.articles.length)}>${t.more}</button>` : nothing}`;
  }

  /** Of a buyer those that they own, of anybody else all. */
  #shownTypes(): readonly DeviceType[] {
    const types = this.#types.value;
    const owned = this.#owned.value;
    if (types?.status !== 'ready') return [];
    if (!this.#isBuyer) return types.value;
    const ids = new Set(owned?.status === 'ready' ? owned.value.map(({ typeId }) => typeId) : []);
    return types.value.filter(({ id }) => ids.has(id));
  }

  #renderHit({ id, kind, locale, title, snippet }: ArticleHit): TemplateResult {
    const t = this.locale.terms.articles;
    return html`<li class="hit" part="hit" lang=${locale}><div class="row">
        <button class="link" data-article=${id} @click=${() => void this.#show(id)}><bdi>${markedText(title)}</bdi></button>
        ${kind === 'video' ? html`<span class="chip">${t.video}</span>` : nothing}</div>
      <p class="muted" dir="auto">${markedText(snippet)}</p></li>`;
  }

  #renderPage(): TemplateResult {
    const t = this.locale.terms.articles;
    const page = this.page?.id === this.articleId ? this.page : undefined;
    // One heading from the beginning: it has the focus already when its words arrive.
    return html`
      <div><button data-action="back" @click=${() => void this.#show('')}>${t.back}</button></div>
      <article class="stack" part="article" aria-busy=${page === undefined && this.error === undefined}>
        <h3 tabindex="-1" lang=${page?.locale ?? nothing} dir="auto">${page?.title ?? (this.error === undefined ? html`<span class="skeleton"></span>` : t.title)}</h3>
        ${page === undefined ? nothing : this.#renderArticle(page)}
      </article>`;
  }

  #renderArticle({ title, body, locale, publishedAt, kind, videoUrl, transcript }: ArticlePage): TemplateResult {
    const t = this.locale.terms.articles;
    return html`
      ${locale === this.locale.locale ? nothing : html`<p class="message">${infoIcon}<span>${t.otherLanguage(t.language[locale])}</span></p>`}
      ${kind === 'video' && videoUrl !== null ? this.#renderVideo(videoUrl, title) : nothing}
      <div class="prose" lang=${locale}>${this.#markdown.draw(body)}</div>
      ${transcript === '' ? nothing : html`<details><summary>${t.transcript}</summary><p class="transcript" lang=${locale} dir="auto">${transcript}</p></details>`}
      <p class="small muted">${t.published(this.locale.formats.dateTime(publishedAt))}</p>`;
  }

  #renderVideo(videoUrl: string, title: string): TemplateResult | typeof nothing {
    const t = this.locale.terms.articles;
    const url = URL.canParse(videoUrl) ? new URL(videoUrl) : undefined;
    if (url?.protocol !== 'https:') return nothing;
    const playable = PLAYABLE.test(url.pathname);
    return html`
      ${
        playable && !this.blocked
          ? html`<video controls preload="metadata" src=${url.href} aria-label=${title} @error=${() => {
              this.blocked = true;
            }}></video>`
          : nothing
      }
      ${this.blocked ? html`<p class="message">${infoIcon}<span>${t.videoBlocked}</span></p>` : nothing}
      <p><a href=${url.href} target="_blank" rel="noopener noreferrer">${t.openVideo}</a></p>`;
  }
}

const isGone = (error: unknown) => (error as { readonly code?: unknown } | undefined)?.code === 'not-found';

declare global {
  interface HTMLElementTagNameMap {
    'cw-knowledge-base': CwKnowledgeBase;
  }
}
