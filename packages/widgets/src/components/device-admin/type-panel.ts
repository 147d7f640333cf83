import { devices, type Loadable } from '@callweave/sdk';
import type { DeviceType } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deviceTerms } from '../../translations/device-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';

/**
 * @summary The device types of the house: what is there, and a form for a further one. Part of `<cw-device-admin>`.
 */
export class CwDeviceTypes extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles];

  protected override readonly locale = new LocaleController(this, deviceTerms, problemTerms);
  readonly #commands = new CommandController(this);
  readonly #types = new FollowController<Loadable<readonly DeviceType[]>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const feature = this.feature(devices);
      return feature && { state: feature.types, close: feature.openTypes() };
    },
  });

  @state() private said = '';

  readonly #handleSubmit = async (event: Event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const [brand, model] = [text('brand'), text('model')];
    const whole = `${brand} ${model}`;
    const named = (name: string) => text(name) || whole;
    const done = await this.#commands.run('add', async () =>
      this.feature(devices)?.createType({
        brand,
        model,
        names: { en: named('en'), fa: named('fa'), cs: named('cs') },
      }),
    );
    if (!done) return;
    this.said = this.locale.terms.devices.admin.typeAdded(whole);
    form.reset();
  };

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { admin: t } = this.locale.terms.devices;
    const { number } = this.locale.formats;
    const types = this.#types.value;
    const { pending, error } = this.#commands;
    const field = (name: string, label: string, required: boolean) =>
      html`<div class="field"><label for=${name}>${label}</label><input id=${name} name=${name} maxlength="80" ?required=${required}></div>`;
    return html`<section class="surface stack" aria-labelledby="title">
      <h3 id="title">${t.types}</h3>
      ${
        types?.status !== 'ready'
          ? html`<span class="skeleton"></span>`
          : types.value.length === 0
            ? html`<p class="empty">${t.noTypes}</p>`
            : html`<ul class="stack">${types.value.map(
                ({ id, brand, model, serviceMonths, warrantyMonths }) =>
                  html`<li data-type=${id}><bdi>${brand} ${model}</bdi> <span class="small muted">${t.spans(number(serviceMonths), number(warrantyMonths))}</span></li>`,
              )}</ul>`
      }
      <form class="stack" @submit=${this.#handleSubmit}>
        <div class="row">${field('brand', t.brand, true)}${field('model', t.model, true)}</div>
        <div class="row">${(['fa', 'en', 'cs'] as const).map((language) => field(language, t.name[language], false))}</div>
        <div class="row"><button ?disabled=${pending !== undefined}>${t.addType}</button></div>
      </form>
      <p role="status" class="small">${this.said}</p>
      ${error === undefined ? '' : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-device-types': CwDeviceTypes;
  }
}
