import type { AnnouncementDraft } from '@callweave/sdk';
import { type Announcement, type DeviceType, SERVICE_STATES } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import type { NotificationTerms } from '../../translations/notification-terms.ts';

const CATEGORIES = ['software-update', 'service-terms', 'legal'] as const;
const LANGUAGES = ['fa', 'en', 'cs'] as const;

export interface FormContext {
  /** What is changed; undefined: a new one. */
  readonly draft: Announcement | undefined;
  readonly types: readonly DeviceType[];
  readonly terms: NotificationTerms;
  readonly cancel: string;
  readonly formats: Formats;
  readonly busy: boolean;
  readonly onSave: (event: SubmitEvent) => void;
  readonly onCancel: () => void;
}

/** A draft: its words in three languages, and for whom it is. */
export function announcementForm(context: FormContext): TemplateResult {
  const { draft, terms, cancel, busy, onSave, onCancel } = context;
  const t = terms.manage;
  return html`
    <form class="stack" @submit=${onSave}>
      <div class="field"><label for="category">${t.categoryLabel}</label>
        <select id="category" name="category">${CATEGORIES.map(
          (each) => html`<option value=${each} ?selected=${draft?.category === each}>${terms.category[each]}</option>`,
        )}</select></div>
      <div class="languages">${LANGUAGES.map(
        (language) => html`<div class="stack">
          <div class="field"><label for="title-${language}">${t.titleIn[language]}</label>
            <input id="title-${language}" name="title-${language}" lang=${language} dir="auto" required maxlength="120" .value=${draft?.title[language] ?? ''}></div>
          <div class="field"><label for="content-${language}">${t.contentIn[language]}</label>
            <textarea id="content-${language}" name="content-${language}" lang=${language} dir="auto" required maxlength="5000" .value=${draft?.content[language] ?? ''}></textarea></div></div>`,
      )}</div>
      ${typeChoices(context)}
      <div class="field"><label for="models">${t.models}</label>
        <input id="models" name="models" dir="auto" aria-describedby="models-hint" .value=${draft?.audience.models.join(', ') ?? ''}>
        <span id="models-hint" class="hint">${t.modelsHint}</span></div>
      <fieldset><legend>${t.serviceStates}</legend><div class="row choices">${SERVICE_STATES.map((each) =>
        choice('serviceStates', each, draft?.audience.serviceStates.includes(each) ?? false, t.serviceState[each]),
      )}</div></fieldset>
      <div class="row">
        <button class="primary" ?disabled=${busy}>${t.save}</button>
        <button type="button" data-action="cancel" @click=${onCancel}>${cancel}</button></div>
    </form>`;
}

/** A type that is no longer sold is still owned; one that is not known any more keeps its tick. */
function typeChoices({ draft, types, terms, formats }: FormContext): TemplateResult | typeof nothing {
  const chosen = draft?.audience.typeIds ?? [];
  const unknown = chosen.filter((id) => !types.some((type) => type.id === id));
  if (types.length + unknown.length === 0) return nothing;
  const name = ({ names, brand, model }: DeviceType) =>
    html`<bdi>${names[formats.locale]}</bdi> <bdi class="small muted">${brand} ${model}</bdi>`;
  return html`<fieldset><legend>${terms.manage.deviceTypes}</legend><div class="row choices">
    ${types.map((type) => choice('typeIds', type.id, chosen.includes(type.id), name(type)))}
    ${unknown.map((id) => choice('typeIds', id, true, html`<bdi dir="ltr">${id}</bdi>`))}
  </div></fieldset>`;
}

const choice = (name: string, value: string, checked: boolean, label: unknown): TemplateResult =>
  html`<label class="choice"><input type="checkbox" name=${name} value=${value} ?checked=${checked}><span>${label}</span></label>`;

/** What stands in the form. The types that are not shown, while they load, stay as they were. */
export function draftIn(form: HTMLFormElement, before: Announcement | undefined): AnnouncementDraft {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const words = (name: string) => ({ en: text(`${name}-en`), fa: text(`${name}-fa`), cs: text(`${name}-cs`) });
  const shown = form.querySelector('[name=typeIds]') !== null;
  return {
    category: text('category') as AnnouncementDraft['category'],
    title: words('title'),
    content: words('content'),
    audience: {
      typeIds: shown ? data.getAll('typeIds').map(String) : (before?.audience.typeIds ?? []),
      models: text('models')
        .split(/[,،]/)
        .map((model) => model.trim())
        .filter((model) => model !== ''),
      serviceStates: SERVICE_STATES.filter((each) => data.getAll('serviceStates').includes(each)),
    },
  };
}
