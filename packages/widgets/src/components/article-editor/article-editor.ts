import { articleDrafts, devices, type Loadable } from '@callweave/sdk';
import type { Article, ArticleContent, ArticleText, ArticleVersion, Locale } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { MarkdownController } from '../../controllers/markdown-controller.ts';
import { SearchController } from '../../controllers/search-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { proseStyles } from '../../styles/prose.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { articleTerms } from '../../translations/article-terms.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { articleEditorStyles } from './article-editor.styles.ts';

const LANGUAGES: readonly Locale[] = ['fa', 'en', 'cs'];
const BLANK: ArticleText = { title: '', body: '', transcript: '' };
const NEW: ArticleContent = { kind: 'article', typeIds: [], texts: {}, videoUrl: null };

/** What is asked once more before it is done. */
type Step = 'publish' | 'withdraw' | 'discard';

/**
 * @summary Articles and videos as the technical team writes them: drafts in three languages with a preview, publication
 * as a new version, withdrawal, and old versions to go back to. What is published stays while a draft is written.
 *
 * @csspart item - One article of the list.
 * @csspart preview - The text as buyers will read it.
 */
export class CwArticleEditor extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    chipStyles,
    fieldStyles,
    proseStyles,
    articleEditorStyles,
  ];

  protected override readonly locale = new LocaleController(this, articleTerms, problemTerms);
  readonly #list = new FollowController<Loadable<readonly Article[]>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const feature = this.feature(articleDrafts);
      return feature && { state: feature.list, close: feature.open() };
    },
  });
  readonly #types = new FollowController(this, {
    key: () => this.activeDesk,
    open: () => {
      const feature = this.feature(devices);
      return feature && { state: feature.types, close: feature.openTypes() };
    },
  });
  readonly #search = new SearchController<Article>(this, async (query) => {
    return (await this.feature(articleDrafts)?.find(query)) ?? [];
  });
  readonly #commands = new CommandController(this);
  readonly #markdown = new MarkdownController(this);

  @state() private article: Article | undefined;
  /** What is being written; undefined: the list. */
  @state() private content: ArticleContent | undefined;
  @state() private language: Locale = 'en';
  @state() private step: Step | undefined;
  @state() private versions: readonly ArticleVersion[] | undefined;
  @state() private announced = '';
  @state() private untitled = false;

  #open(article: Article | undefined): void {
    this.article = article;
    this.content = article?.content ?? NEW;
    const { locale } = this.locale;
    const texts = article?.content.texts ?? {};
    this.language = texts[locale] ? locale : (LANGUAGES.find((each) => texts[each]) ?? locale);
    this.versions = undefined;
    this.#quiet();
  }

  #quiet(): void {
    this.step = undefined;
    this.announced = '';
    this.untitled = false;
    this.#commands.clear();
  }

  #change(changes: Partial<ArticleContent>): void {
    if (!this.content) return;
    this.content = { ...this.content, ...changes };
    this.#quiet();
  }

  #write(part: keyof ArticleText, text: string): void {
    const { content, language } = this;
    if (!content) return;
    this.#change({ texts: { ...content.texts, [language]: { ...(content.texts[language] ?? BLANK), [part]: text } } });
  }

  /** A language in which nothing was written is none. */
  #written(): ArticleContent | undefined {
    const texts: ArticleContent['texts'] = {};
    for (const language of LANGUAGES) {
      const text = this.content?.texts[language];
      if (!text || (text.title.trim() === '' && text.body.trim() === '' && text.transcript.trim() === '')) continue;
      if (text.title.trim() === '') return this.#missing(language);
      texts[language] = text;
    }
    if (!this.content || Object.keys(texts).length === 0) return this.#missing(this.language);
    const { videoUrl } = this.content;
    return { ...this.content, texts, videoUrl: videoUrl?.trim() ? videoUrl.trim() : null };
  }

  #missing(language: Locale): undefined {
    this.language = language;
    this.untitled = true;
    return undefined;
  }

  /** Runs a command whose answer is the article as it is now. */
  async #run(name: string, task: () => Promise<Article | undefined>, words: (done: Article) => string): Promise<void> {
    let done: Article | undefined;
    await this.#commands.run(name, async () => {
      done = await task();
      if (!done) return;
      this.article = done;
      this.content = done.content;
      this.versions = undefined;
      this.step = undefined;
    });
    if (done) this.announced = words(done);
  }

  async #saved(): Promise<Article | undefined> {
    const content = this.#written();
    const feature = this.feature(articleDrafts);
    if (!content || !feature) return undefined;
    const { article } = this;
    if (article && JSON.stringify(article.content) === JSON.stringify(content)) return article;
    const saved = await (article ? feature.save(article, content) : feature.create(content));
    // Kept at once: what follows may fail, and the next save must name this revision.
    this.article = saved;
    return saved;
  }

  #publish(): Promise<void> {
    const t = this.locale.terms.articles.editor;
    return this.#run(
      'publish',
      async () => {
        const saved = await this.#saved();
        return saved && this.feature(articleDrafts)?.publish(saved);
      },
      ({ version }) => t.donePublishing(this.locale.formats.number(version)),
    );
  }

  async #discard(): Promise<void> {
    const { article } = this;
    const feature = this.feature(articleDrafts);
    const done = await this.#commands.run('discard', async () => article && feature?.discard(article.id));
    if (done) this.content = undefined;
  }

  #handleWithdraw(event: SubmitEvent): void {
    event.preventDefault();
    const { article } = this;
    const reason = String(new FormData(event.target as HTMLFormElement).get('reason') ?? '').trim();
    if (!article || reason === '') return;
    const { withdrawn } = this.locale.terms.articles.editor;
    void this.#run(
      'withdraw',
      async () => this.feature(articleDrafts)?.withdraw(article, reason),
      () => withdrawn,
    );
  }

  #handleVersions(event: Event): void {
    const { article } = this;
    if (!(event.target as HTMLDetailsElement).open || this.versions || !article) return;
    void this.#commands.run('versions', async () => {
      this.versions = await this.feature(articleDrafts)?.versions(article.id);
    });
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.articles.editor;
    const { error } = this.#commands;
    return html`<section class="surface stack" aria-labelledby="title">
      <div class="row spread"><h2 id="title">${t.title}</h2>
        ${this.content ? nothing : html`<button class="primary" data-action="write" @click=${() => this.#open(undefined)}>${t.write}</button>`}</div>
      <div role="status">${this.announced === '' ? nothing : html`<p class="message success">${this.announced}</p>`}</div>
      ${error === undefined ? nothing : this.#renderFailure(error)}
      ${this.content ? this.#renderEditor(this.content) : this.#renderList()}
    </section>`;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }

  #renderList(): TemplateResult {
    const { articles: t } = this.locale.terms;
    const list = this.#list.value;
    const { query, results, error } = this.#search;
    const shown = query === '' ? (list?.status === 'ready' ? list.value : undefined) : results;
    return html`
      <div class="field"><label for="query">${t.search}</label>
        <input id="query" type="search" dir="auto" autocomplete="off" maxlength="200" @input=${(event: Event) =>
          this.#search.search((event.target as HTMLInputElement).value)}></div>
      ${
        list?.status === 'failed'
          ? this.#renderFailure(list.error)
          : error !== undefined
            ? this.#renderFailure(error)
            : shown === undefined
              ? html`<span class="skeleton"></span><span class="skeleton"></span>`
              : shown.length === 0
                ? html`<p class="empty">${query === '' ? t.editor.empty : t.noMatch(query)}</p>`
                : html`<ul>${repeat(
                    shown,
                    ({ id }) => id,
                    (each) => this.#renderItem(each),
                  )}</ul>`
      }`;
  }

  #renderItem(article: Article): TemplateResult {
    const { articles: t } = this.locale.terms;
    const { formats, locale } = this.locale;
    const { state, drafted, version, content, updatedAt } = article;
    const text = content.texts[locale] ?? content.texts.en ?? content.texts.fa ?? content.texts.cs;
    return html`<li class="item row spread" part="item">
      <button class="link" data-article=${article.id} @click=${() => this.#open(article)}><bdi>${text?.title}</bdi></button>
      <span class="row"><span class="chip ${state === 'published' ? 'success' : ''}">${t.editor.state[state]}</span>
        ${drafted && version > 0 ? html`<span class="chip warning">${t.editor.drafted}</span>` : nothing}
        ${content.kind === 'video' ? html`<span class="chip">${t.video}</span>` : nothing}
        ${content.typeIds.length === 0 ? html`<span class="chip">${t.editor.general}</span>` : nothing}
        <span class="small muted tabular">${t.editor.changed(formats.dateTime(updatedAt))}</span></span></li>`;
  }

  #renderEditor(content: ArticleContent): TemplateResult {
    const { articles, essential } = this.locale.terms;
    const t = articles.editor;
    const { article, language } = this;
    const busy = this.#commands.pending !== undefined;
    const text = content.texts[language] ?? BLANK;
    const types = this.#types.value;
    const input = (event: Event) => (event.target as HTMLInputElement).value;
    const step = (kind: Step) => () => {
      this.step = kind;
    };
    return html`
      <div class="row"><button data-action="back" @click=${() => {
        this.content = undefined;
        this.#quiet();
      }}>${articles.back}</button>
        ${article ? html`<span class="chip">${t.state[article.state]}</span>${article.version > 0 ? html`<span class="chip">${t.version(this.locale.formats.number(article.version))}</span>` : nothing}` : nothing}</div>
      <div class="sides">
        <div class="field"><label for="kind">${t.kind}</label>
          <select id="kind" @change=${(event: Event) => this.#change({ kind: input(event) as ArticleContent['kind'] })}>
            ${(['article', 'video'] as const).map((kind) => html`<option value=${kind} ?selected=${content.kind === kind}>${articles.kind[kind]}</option>`)}</select></div>
        <div class="field"><label for="language">${t.languages}</label>
          <select id="language" aria-describedby="languages-hint" @change=${(event: Event) => {
            this.language = input(event) as Locale;
          }}>${LANGUAGES.map(
            (each) =>
              html`<option value=${each} ?selected=${each === language}>${articles.language[each]}${content.texts[each]?.title ? ' ✓' : ''}</option>`,
          )}</select><span id="languages-hint" class="hint">${t.languagesHint}</span></div>
      </div>
      ${
        types?.status === 'ready' && types.value.length > 0
          ? html`<fieldset class="stack"><legend>${t.types}</legend><div class="row">${types.value.map(
              ({ id, names }) =>
                html`<label class="row"><input type="checkbox" data-type=${id} .checked=${content.typeIds.includes(id)} @change=${(
                  event: Event,
                ) =>
                  this.#change({
                    typeIds: (event.target as HTMLInputElement).checked
                      ? [...content.typeIds, id]
                      : content.typeIds.filter((each) => each !== id),
                  })}>${names[this.locale.locale]}</label>`,
            )}</div><span class="hint">${t.typesHint}</span></fieldset>`
          : nothing
      }
      ${
        content.kind === 'video'
          ? html`<div class="field"><label for="video">${t.videoUrl}</label>
            <input id="video" type="url" dir="ltr" maxlength="1000" aria-describedby="video-hint" .value=${content.videoUrl ?? ''} @input=${(event: Event) => this.#change({ videoUrl: input(event) })}>
            <span id="video-hint" class="hint">${t.videoHint}</span></div>`
          : nothing
      }
      <div class="sides">
        <div class="stack">
          <div class="field"><label for="heading">${t.titleIn[language]}</label>
            <input id="heading" lang=${language} dir="auto" maxlength="160" aria-invalid=${this.untitled} .value=${text.title} @input=${(event: Event) => this.#write('title', input(event))}>
            ${this.untitled ? html`<span class="field-error" role="alert">${t.titleMissing}</span>` : nothing}</div>
          <div class="field"><label for="body">${t.bodyIn[language]}</label>
            <textarea id="body" lang=${language} dir="auto" maxlength="50000" aria-describedby="body-hint" .value=${text.body} @input=${(event: Event) => this.#write('body', input(event))}></textarea>
            <span id="body-hint" class="hint">${t.bodyHint}</span></div>
          ${
            content.kind === 'video'
              ? html`<div class="field"><label for="transcript">${t.transcriptIn[language]}</label>
                <textarea id="transcript" lang=${language} dir="auto" maxlength="50000" .value=${text.transcript} @input=${(event: Event) => this.#write('transcript', input(event))}></textarea></div>`
              : nothing
          }
        </div>
        <div class="stack" part="preview"><h3>${t.preview}</h3><div class="prose" lang=${language}>${this.#markdown.draw(text.body)}</div></div>
      </div>
      <div class="row">
        <button data-action="save" ?disabled=${busy} @click=${() =>
          void this.#run(
            'save',
            () => this.#saved(),
            () => t.saved,
          )}>${t.save}</button>
        <button class="primary" data-action="publish" ?disabled=${busy} @click=${step('publish')}>${t.publish}</button>
        ${article?.state === 'published' ? html`<button data-action="withdraw" ?disabled=${busy} @click=${step('withdraw')}>${t.withdraw}</button>` : nothing}
        ${article?.drafted ? html`<button data-action="discard" ?disabled=${busy} @click=${step('discard')}>${t.discard}</button>` : nothing}
      </div>
      ${this.step === undefined ? nothing : this.#renderStep(this.step, busy, essential.cancel)}
      ${article && article.version > 0 ? this.#renderVersions(article) : nothing}`;
  }

  #renderStep(step: Step, busy: boolean, cancel: string): TemplateResult {
    const t = this.locale.terms.articles.editor;
    const keep = html`<button type="button" data-action="keep" @click=${() => {
      this.step = undefined;
    }}>${cancel}</button>`;
    if (step === 'withdraw')
      return html`<form class="stack" @submit=${this.#handleWithdraw}><div class="field"><label for="reason">${t.withdrawReason}</label>
        <input id="reason" name="reason" required maxlength="300" dir="auto"></div>
        <div class="row"><button class="danger" data-action="withdraw-now" ?disabled=${busy}>${t.withdrawNow}</button>${keep}</div></form>`;
    return step === 'publish'
      ? html`<div class="row" role="group" aria-label=${t.publish}><span>${t.publishSure}</span>
          <button class="primary" data-action="publish-now" ?disabled=${busy} @click=${() => void this.#publish()}>${t.publishNow}</button>${keep}</div>`
      : html`<div class="row" role="group" aria-label=${t.discard}><span>${t.discardSure}</span>
          <button class="danger" data-action="discard-now" ?disabled=${busy} @click=${() => void this.#discard()}>${t.discardNow}</button>${keep}</div>`;
  }

  #renderVersions(article: Article): TemplateResult {
    const t = this.locale.terms.articles.editor;
    const { formats } = this.locale;
    return html`<details id="versions" @toggle=${this.#handleVersions}><summary>${t.versions}</summary><ol>${(
      this.versions ?? []
    ).map(
      ({
        version,
        publishedAt,
        publishedBy,
      }) => html`<li class="item row spread"><bdi>${t.versionBy(formats.number(version), publishedBy, formats.dateTime(publishedAt))}</bdi>
        <button data-restore=${version} ?disabled=${this.#commands.pending !== undefined} @click=${() =>
          void this.#run(
            'restore',
            async () => this.feature(articleDrafts)?.restore(article, version),
            () => t.restored(formats.number(version)),
          )}>${t.restore}</button></li>`,
    )}</ol></details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-article-editor': CwArticleEditor;
  }
}
