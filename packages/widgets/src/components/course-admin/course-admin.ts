import { type CourseAdmin, type CourseAdminView, courseAdmin, type Loadable } from '@callweave/sdk';
import type { Course, CourseOrder, CoursePartner, Currency, RevenueMonth } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { moneyWords } from '../../formats/money-words.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { courseTerms } from '../../translations/course-terms.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { courseAdminStyles } from './course-admin.styles.ts';
import { courseFields, readCourse } from './course-form.ts';
import { renderPartner } from './partner-view.ts';

interface Issued {
  readonly partnerId: string;
  readonly kind: 'key' | 'secret';
  readonly text: string;
}

/**
 * @summary Courses as managers keep them: what is sold, orders whose licence is in doubt, and partners with their keys and
 * revenue.
 *
 * @csspart course - One course.
 * @csspart order - One order that somebody has to look at.
 * @csspart partner - One partner.
 */
export class CwCourseAdmin extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    chipStyles,
    fieldStyles,
    tableStyles(640),
    courseAdminStyles,
  ];

  protected override readonly locale = new LocaleController(this, courseTerms, problemTerms);
  readonly #view = new FollowController<Loadable<CourseAdminView>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const feature = this.feature(courseAdmin);
      return feature && { state: feature.view, close: feature.open() };
    },
  });
  readonly #commands = new CommandController(this);

  /** `new`, or the course that is being edited. */
  @state() private editing: 'new' | Course | undefined;
  @state() private currency: Currency = 'IRR';
  @state() private wrongPrice = false;
  @state() private addingPartner = false;
  @state() private issued: Issued | undefined;
  @state() private revenue: { readonly partnerId: string; readonly months: readonly RevenueMonth[] } | undefined;
  /** The order about which it is asked once more. */
  @state() private asksAbout: string | undefined;

  #run<T>(name: string, task: (feature: CourseAdmin) => Promise<T>, then: (done: T) => void = () => {}): void {
    void this.#commands.run(name, async () => {
      const feature = this.feature(courseAdmin);
      if (feature) then(await task(feature));
    });
  }

  #handleEdit(editing: 'new' | Course): void {
    this.editing = editing;
    this.currency = editing === 'new' ? 'IRR' : editing.price.currency;
    this.wrongPrice = false;
  }

  #handleSave(event: SubmitEvent): void {
    event.preventDefault();
    const { editing } = this;
    const before = editing === 'new' ? undefined : editing;
    const draft = readCourse(event.target as HTMLFormElement, before);
    this.wrongPrice = draft === undefined;
    if (draft === undefined) return void this.renderRoot.querySelector<HTMLInputElement>('#price')?.focus();
    this.#run(
      'save',
      (feature) => (before === undefined ? feature.create(draft) : feature.update(before.id, draft)),
      () => {
        this.editing = undefined;
      },
    );
  }

  #handleAddPartner(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const webhookUrl = String(data.get('webhookUrl') ?? '').trim();
    const partner = { name: String(data.get('name') ?? ''), webhookUrl: webhookUrl === '' ? null : webhookUrl };
    this.#run(
      'partner',
      (feature) => feature.createPartner(partner),
      () => {
        this.addingPartner = false;
      },
    );
  }

  #handleLicence(event: SubmitEvent, { id }: CourseOrder): void {
    event.preventDefault();
    const licenceId = String(new FormData(event.target as HTMLFormElement).get('licenceId') ?? '').trim();
    this.#run('licence', (feature) => feature.setLicence(id, licenceId));
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.courses.admin;
    const view = this.#view.value;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <h2 id="title">${t.title}</h2>
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${
          view?.status === 'failed'
            ? this.#renderFailure(view.error)
            : view?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : html`${this.#renderAttention(view.value.attention)}${this.#renderCourses(view.value.courses)}${this.#renderPartners(view.value.partners)}`
        }
      </section>`;
  }

  #renderAttention(orders: readonly CourseOrder[]): TemplateResult {
    const t = this.locale.terms.courses.admin;
    return html`<h3 id="attention">${t.attention}</h3>
      ${
        orders.length === 0
          ? html`<p class="small muted">${t.noAttention}</p>`
          : html`<p class="message warning">${warningIcon}<span>${t.attentionHint}</span></p>
            <ul class="list" aria-labelledby="attention">${repeat(
              orders,
              ({ id }) => id,
              (order) => this.#renderOrder(order),
            )}</ul>`
      }`;
  }

  #renderOrder(order: CourseOrder): TemplateResult {
    const { courses, essential } = this.locale.terms;
    const t = courses.admin;
    const { id, reason, title } = order;
    const busy = this.#commands.pending !== undefined;
    return html`<li part="order" class="stack" data-order=${id}>
      <div class="row spread"><bdi>${title[this.locale.locale]}</bdi> <span class="chip warning">${courses.state[order.state]}</span></div>
      <p class="small">${t.orderId}: <bdi dir="ltr" class="tabular address">${id}</bdi>${reason === null ? nothing : html`<br>${t.reason(reason)}`}</p>
      <form class="stack" @submit=${(event: SubmitEvent) => this.#handleLicence(event, order)}>
        <div class="field"><label for="licence-${id}">${t.licenceId}</label>
          <input id="licence-${id}" name="licenceId" dir="ltr" required pattern="[0-9a-f]{24}" maxlength="24" autocomplete="off" aria-describedby="hint-${id}">
          <span id="hint-${id}" class="hint">${t.licenceIdHint}</span></div>
        <div class="row"><button class="primary" data-action="licence" ?disabled=${busy}>${t.setLicence}</button></div>
      </form>
      ${
        this.asksAbout === id
          ? html`<p class="message warning">${warningIcon}<span>${t.makeAgainAsk}</span></p>
            <div class="row"><button class="danger" data-action="sure" ?disabled=${busy} @click=${() => {
              this.asksAbout = undefined;
              this.#run('make', (feature) => feature.makeAgain(id));
            }}>${t.makeAgain}</button><button @click=${() => {
              this.asksAbout = undefined;
            }}>${essential.cancel}</button></div>`
          : html`<div class="row"><button class="plain" data-action="make" ?disabled=${busy} @click=${() => {
              this.asksAbout = id;
            }}>${t.makeAgain}</button></div>`
      }
    </li>`;
  }

  #renderCourses(all: readonly Course[]): TemplateResult {
    const t = this.locale.terms.courses.admin;
    return html`
      <div class="row spread"><h3 id="courses">${t.courses}</h3><button data-action="add" @click=${() => this.#handleEdit('new')}>${t.add}</button></div>
      ${this.editing === undefined ? nothing : this.#renderForm(this.editing)}
      ${
        all.length === 0
          ? html`<p class="empty">${t.noCourses}</p>`
          : html`<ul class="list" aria-labelledby="courses">${repeat(
              all,
              ({ id }) => id,
              (course) => this.#renderCourse(course),
            )}</ul>`
      }`;
  }

  #renderForm(editing: 'new' | Course): TemplateResult {
    const { courses, essential } = this.locale.terms;
    const t = courses.admin;
    return html`<form class="stack" data-form="course" @submit=${this.#handleSave}>
      ${courseFields(editing === 'new' ? undefined : editing, this.currency, t, this.wrongPrice, (currency) => {
        this.currency = currency;
      })}
      <div class="row"><button class="primary" data-action="save" ?disabled=${this.#commands.pending !== undefined}>${t.save}</button>
        <button type="button" @click=${() => {
          this.editing = undefined;
        }}>${essential.cancel}</button></div>
    </form>`;
  }

  #renderCourse(course: Course): TemplateResult {
    const t = this.locale.terms.courses.admin;
    const { locale } = this.locale;
    const { id, title, price } = course;
    const act = (action: string, label: string, task: () => void) =>
      html`<button class="plain" data-action=${action} ?disabled=${this.#commands.pending !== undefined} aria-label="${label} — ${title[locale]}" @click=${task}>${label}</button>`;
    const look = course.state === 'published' ? 'success' : course.state === 'offered' ? 'warning' : '';
    return html`<li part="course" class="stack" data-course=${id}>
      <div class="row spread"><strong><bdi>${title[locale]}</bdi></strong> <span class="chip ${look}">${t.state[course.state]}</span></div>
      <p class="small muted"><bdi class="tabular">${moneyWords(price, locale)}</bdi>${course.reference === null ? nothing : html` · <bdi dir="ltr">${course.reference}</bdi>`}</p>
      <div class="row">${act('edit', t.edit, () => this.#handleEdit(course))}
        ${
          course.state === 'published'
            ? act('withdraw', t.withdraw, () => this.#run('withdraw', (feature) => feature.withdraw(id)))
            : act('publish', t.publish, () => this.#run('publish', (feature) => feature.publish(id)))
        }</div>
    </li>`;
  }

  #renderPartners(partners: readonly CoursePartner[]): TemplateResult {
    const { courses, essential } = this.locale.terms;
    const t = courses.admin;
    return html`
      <div class="row spread"><h3 id="partners">${t.partners}</h3><button data-action="add-partner" @click=${() => {
        this.addingPartner = true;
      }}>${t.addPartner}</button></div>
      ${
        this.addingPartner
          ? html`<form class="stack" data-form="partner" @submit=${this.#handleAddPartner}>
              <div class="field"><label for="name">${t.name}</label><input id="name" name="name" dir="auto" required maxlength="150" autocomplete="off"></div>
              <div class="field"><label for="webhookUrl">${t.webhookUrl}</label><input id="webhookUrl" name="webhookUrl" type="url" dir="ltr" maxlength="500" aria-describedby="webhook-hint">
                <span id="webhook-hint" class="hint">${t.webhookHint}</span></div>
              <div class="row"><button class="primary" ?disabled=${this.#commands.pending !== undefined}>${t.save}</button>
                <button type="button" @click=${() => {
                  this.addingPartner = false;
                }}>${essential.cancel}</button></div></form>`
          : nothing
      }
      ${
        partners.length === 0
          ? html`<p class="empty">${t.noPartners}</p>`
          : html`<ul class="list" aria-labelledby="partners">${repeat(
              partners,
              ({ id }) => id,
              (partner) => this.#renderPartner(partner),
            )}</ul>`
      }`;
  }

  #renderPartner(partner: CoursePartner): TemplateResult {
    const { id: partnerId, name, active, webhookUrl } = partner;
    const keep = (kind: Issued['kind']) => (text: string) => {
      this.issued = { partnerId, kind, text };
    };
    return renderPartner(partner, {
      t: this.locale.terms.courses.admin,
      formats: this.locale.formats,
      busy: this.#commands.pending !== undefined,
      issued: this.issued?.partnerId === partnerId ? this.issued : undefined,
      revenue: this.revenue?.partnerId === partnerId ? this.revenue.months : undefined,
      onIssueKey: (scopes) => this.#run('key', (feature) => feature.issueKey(partnerId, scopes), keep('key')),
      onIssueSecret: () => this.#run('secret', (feature) => feature.issueWebhookSecret(partnerId), keep('secret')),
      onSeen: () => {
        this.issued = undefined;
      },
      onRevoke: (keyId) => this.#run('revoke', (feature) => feature.revokeKey(partnerId, keyId)),
      onSwitch: () =>
        this.#run('switch', (feature) => feature.updatePartner({ partnerId, name, webhookUrl, active: !active })),
      onRevenue: () =>
        this.#run(
          'revenue',
          (feature) => feature.revenue(partnerId),
          (months) => {
            this.revenue = { partnerId, months };
          },
        ),
    });
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-course-admin': CwCourseAdmin;
  }
}
