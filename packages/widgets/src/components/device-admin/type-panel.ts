import { devices, type Loadable } from '@callweave/sdk';
import { type DeviceType, toAsciiDigits } from '@callweave/sdk/protocol';
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
 * @summary The device types of the house: what is there, its months of service and warranty, and a form for a further one. Part of `<cw-device-admin>`.
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
  @state() private edited: string | undefined;

  async #edit(type: DeviceType | undefined): Promise<void> {
    const before = this.edited;
    this.edited = type?.id;
    this.said = '';
    this.#commands.clear();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(type ? '#service-months' : `[data-edit-type="${before}"]`)?.focus();
  }

  readonly #handleSave = async (event: Event) => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const months = (name: string) => Number(toAsciiDigits(String(data.get(name) ?? '')).trim());
    const typeId = this.edited;
    if (typeId === undefined) return;
    let saved: DeviceType | undefined;
    const done = await this.#commands.run('save', async () => {
      saved = await this.feature(devices)?.updateType({
        typeId,
        serviceMonths: months('serviceMonths'),
        warrantyMonths: months('warrantyMonths'),
      });
    });
    if (!done || !saved) return;
    await this.#edit(undefined);
    this.said = this.locale.terms.devices.admin.typeSaved(`${saved.brand} ${saved.model}`);
  };

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
                (type) =>
                  html`<li class="row spread" data-type=${type.id}><span><bdi>${type.brand} ${type.model}</bdi> <span class="small muted">${t.spans(number(type.serviceMonths), number(type.warrantyMonths))}</span></span>
                    ${this.edited === type.id ? this.#renderEdit(type) : html`<button type="button" data-edit-type=${type.id} aria-label=${t.editType(`${type.brand} ${type.model}`)} @click=${() => this.#edit(type)}>${t.edit}</button>`}</li>`,
              )}</ul>`
      }
      <form class="stack" data-new @submit=${this.#handleSubmit}>
        <div class="row">${field('brand', t.brand, true)}${field('model', t.model, true)}</div>
        <div class="row">${(['fa', 'en', 'cs'] as const).map((language) => field(language, t.name[language], false))}</div>
        <div class="row"><button ?disabled=${pending !== undefined}>${t.addType}</button></div>
      </form>
      <p role="status" class="small">${this.said}</p>
      ${error === undefined ? '' : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}
    </section>`;
  }

  #renderEdit({ brand, model, serviceMonths, warrantyMonths }: DeviceType): TemplateResult {
    const { admin: t } = this.locale.terms.devices;
    const { digits } = this.locale.formats;
    const field = (id: string, name: string, label: string, value: number) =>
      html`<div class="field"><label for=${id}>${label}</label><input id=${id} name=${name} dir="ltr" inputmode="numeric" required maxlength="3" pattern="[0-9۰-۹٠-٩]+" aria-describedby="months-hint" .value=${digits(String(value))}></div>`;
    return html`<form class="stack" data-edit aria-label=${t.editType(`${brand} ${model}`)} @submit=${this.#handleSave}>
      <div class="row">${field('service-months', 'serviceMonths', t.serviceMonths, serviceMonths)}${field('warranty-months', 'warrantyMonths', t.warrantyMonths, warrantyMonths)}</div>
      <p id="months-hint" class="small muted">${t.monthsHint}</p>
      <div class="row"><button class="primary" ?disabled=${this.#commands.pending !== undefined}>${t.save}</button>
        <button type="button" @click=${() => this.#edit(undefined)}>${t.keep}</button></div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-device-types': CwDeviceTypes;
  }
}
