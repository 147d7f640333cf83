import { isCallweaveError } from '@callweave/sdk';
import type { SessionView } from '@callweave/sdk/protocol';
import { css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { TimerController } from '../../controllers/timer-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { lockIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deskTerms } from '../../translations/desk-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { CwSignInEvent } from './sign-in.events.ts';

/** Of a password that a person chooses; the server asks for the same. */
const SHORTEST = 10;

const signInStyles = css`
  .surface {
    max-inline-size: 26em;
    margin-inline: auto;
  }

  .password {
    display: flex;
    gap: calc(var(--_space) * 2);
  }

  .password input {
    flex: 1;
  }

  .who {
    flex: 1;
    min-inline-size: 0;
  }

  form > .primary {
    inline-size: 100%;
  }
`;

/**
 * @summary Sign-in for a desk that runs alone. Who comes with a one-time password sets their own here first. Where the host's page signs people in, it only says who is signed in.
 *
 * @event {CwSignInEvent} cw-sign-in - Somebody has signed in.
 *
 * @csspart surface - The card.
 * @csspart sign-in - The button.
 * @csspart set-password - The button that sets the first password.
 * @csspart sign-out - The button that ends the session.
 */
export class CwSignIn extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, signInStyles];

  protected override readonly locale = new LocaleController(this, deskTerms, problemTerms);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #commands = new CommandController(this);
  readonly #timer = new TimerController(this, () => this.lockedUntil > Date.now());

  @query('#username') private username!: HTMLInputElement;
  @query('#password') private password!: HTMLInputElement;
  @query('#new-password') private newPassword!: HTMLInputElement;
  @query('#repeat-password') private repeated!: HTMLInputElement;
  @state() private shown = false;
  @state() private incomplete = false;
  @state() private lockedUntil = 0;
  @state() private wrong: 'tooShort' | 'notTheSame' | undefined;

  readonly #handleSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const desk = this.activeDesk;
    if (!desk) return;
    const username = this.username.value.trim();
    const password = this.password.value;
    this.incomplete = username === '' || password === '';
    if (this.incomplete) {
      (username === '' ? this.username : this.password).focus();
      return;
    }
    let session: SessionView | undefined;
    const done = await this.#commands.run('sign-in', async () => {
      session = await desk.session.signIn({ username, password });
    });
    if (done && session) {
      // With a one-time password nobody is in yet: their own comes first.
      if (session.mustSetPassword !== true) this.dispatchEvent(new CwSignInEvent(session));
      return;
    }
    const { error } = this.#commands;
    if (isCallweaveError(error) && error.retryAfterSeconds !== undefined)
      this.lockedUntil = Date.now() + error.retryAfterSeconds * 1000;
    this.password.focus();
    this.password.select();
  };

  readonly #handleFirst = async (event: SubmitEvent) => {
    event.preventDefault();
    const desk = this.activeDesk;
    if (!desk) return;
    const password = this.newPassword.value;
    this.wrong =
      [...password].length < SHORTEST ? 'tooShort' : password === this.repeated.value ? undefined : 'notTheSame';
    if (this.wrong) {
      (this.wrong === 'tooShort' ? this.newPassword : this.repeated).focus();
      return;
    }
    let session: SessionView | undefined;
    const done = await this.#commands.run('set-password', async () => {
      session = await desk.session.setPassword(password);
    });
    if (done && session) this.dispatchEvent(new CwSignInEvent(session));
    else this.newPassword.focus();
  };

  protected override render(): TemplateResult {
    const desk = this.activeDesk;
    if (!desk) return this.renderNoDesk();
    const present = this.#session.value;
    const t = this.locale.terms.desk.signIn;
    return html`<section class="surface stack" part="surface" aria-label=${t.title}>
      ${present?.status === 'signed-in' && present.session.mustSetPassword ? this.#renderFirst(present.session) : present?.status === 'signed-in' ? this.#renderSignedIn(present.session) : present?.status === 'unknown' ? this.#renderUnknown() : this.#renderForm()}
    </section>`;
  }

  #renderUnknown(): TemplateResult {
    return html`<div class="stack" aria-busy="true"><span class="skeleton"></span><span class="skeleton"></span></div>`;
  }

  #renderSignedIn({ account, ownSignIn }: SessionView): TemplateResult {
    const { terms } = this.locale;
    const t = terms.desk.signIn;
    return html`<div class="row">
      <div class="who">
        <p class="muted small">${t.signedInAs}</p>
        <p><strong><bdi>${account.name}</bdi></strong></p>
        <p class="muted small"><bdi>${account.branch}</bdi> · ${account.roles.map((role) => terms.desk.role[role]).join(' · ')}</p>
      </div>
      ${ownSignIn ? html`<button type="button" part="sign-out" ?disabled=${this.#commands.pending !== undefined} @click=${() => this.#commands.run('sign-out', () => this.activeDesk!.session.signOut())}>${t.signOut}</button>` : nothing}
    </div>`;
  }

  #renderFirst({ account }: SessionView): TemplateResult {
    const { terms } = this.locale;
    const t = terms.desk.signIn;
    const { error, pending, failed } = this.#commands;
    const words = this.wrong ? t[this.wrong] : failed === 'set-password' ? describeProblem(error, terms) : '';
    const field = (id: string, label: string) => html`<div class="field">
      <label for=${id}>${label}</label>
      <input id=${id} dir="ltr" type=${this.shown ? 'text' : 'password'} autocomplete="new-password" maxlength="256" aria-invalid=${this.wrong !== undefined} aria-describedby="problem" />
    </div>`;
    return html`
      <h2>${t.firstTitle}</h2>
      <p class="muted">${t.firstHint}</p>
      <form class="stack" novalidate @submit=${this.#handleFirst}>
        <input class="visually-hidden" type="text" autocomplete="username" aria-hidden="true" tabindex="-1" readonly .value=${account.username} />
        ${field('new-password', t.newPassword)} ${field('repeat-password', t.repeatPassword)}
        <div><button type="button" aria-pressed=${this.shown} @click=${() => (this.shown = !this.shown)}>${this.shown ? t.hide : t.show}</button></div>
        <div id="problem" role="status">${words ? html`<p class="message danger">${warningIcon}<span>${words}</span></p>` : nothing}</div>
        <button class="primary" part="set-password" ?disabled=${pending !== undefined}>${t.setPassword}</button>
        <button type="button" class="plain" ?disabled=${pending !== undefined} @click=${() => this.#commands.run('sign-out', () => this.activeDesk!.session.signOut())}>${t.signOut}</button>
      </form>
    `;
  }

  #renderForm(): TemplateResult {
    const { terms, formats } = this.locale;
    const t = terms.desk.signIn;
    const { error, pending } = this.#commands;
    const present = this.#session.value;
    const locked = this.#timer.until(this.lockedUntil);
    const refused = error ?? (present?.status === 'failed' ? present.error : undefined);
    const words = this.incomplete
      ? t.fillBoth
      : locked > 0
        ? t.lockedFor(formats.duration(locked))
        : refused === undefined
          ? ''
          : describeProblem(refused, terms);
    const wrong = this.incomplete || (isCallweaveError(error) && error.code === 'wrong-credentials');
    return html`
      <h2>${t.title}</h2>
      <form class="stack" novalidate @submit=${this.#handleSubmit}>
        <div class="field">
          <label for="username">${t.username}</label>
          <input id="username" name="username" dir="ltr" autocomplete="username" autocapitalize="off" spellcheck="false" maxlength="256" aria-invalid=${wrong} aria-describedby="problem" />
        </div>
        <div class="field">
          <label for="password">${t.password}</label>
          <span class="password">
            <input id="password" name="password" dir="ltr" type=${this.shown ? 'text' : 'password'} autocomplete="current-password" maxlength="1024" aria-invalid=${wrong} aria-describedby="problem" />
            <button type="button" aria-pressed=${this.shown} @click=${() => (this.shown = !this.shown)}>${this.shown ? t.hide : t.show}</button>
          </span>
        </div>
        <div id="problem" role="status">${words ? html`<p class="message danger">${locked > 0 ? lockIcon : warningIcon}<span>${words}</span></p>` : nothing}</div>
        <button class="primary" part="sign-in" ?disabled=${pending !== undefined || locked > 0}>${pending === 'sign-in' ? t.signingIn : t.signIn}</button>
      </form>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-sign-in': CwSignIn;
  }
}
