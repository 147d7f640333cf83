import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Formats } from '../../formats/formats.ts';
import { crossIcon } from '../../icons/icons.ts';
import type { TicketTerms } from '../../translations/ticket-terms.ts';
import type { Attachments, FileProblem, PickedFile } from './attachments.ts';
import { fileSize } from './file-size.ts';

export interface AttachmentFieldParts {
  readonly attachments: Attachments;
  readonly terms: TicketTerms['attachments'];
  readonly formats: Formats;
  readonly disabled: boolean;
}

/** Choose, drop or paste; the limits stand there before. The host of the files hands drops and pastes to it. */
export function attachmentField({ attachments, terms: t, formats, disabled }: AttachmentFieldParts): TemplateResult {
  const { rules, files, announced } = attachments;
  const choose = (event: Event) => {
    const input = event.target as HTMLInputElement;
    attachments.add(input.files ?? []);
    // The same file can be chosen again after it was removed.
    input.value = '';
  };
  if (rules?.maxFiles === 0) return html`<p class="hint">${t.off}</p>`;
  return html`
    <div class="field attach" part="attachments">
      <span class="row">
        <button type="button" data-action="choose" aria-describedby="limits" ?disabled=${disabled} @click=${(
          event: Event,
        ) => (event.currentTarget as HTMLElement).parentElement?.querySelector('input')?.click()}>${t.choose}</button>
        <span class="hint">${t.drop}</span>
        <input type="file" multiple hidden aria-label=${t.label} accept=${rules?.mediaTypes.join(',') ?? nothing} @change=${choose}>
      </span>
      <span class="hint" id="limits">${rules ? t.limits(rules.maxFiles, fileSize(rules.maxBytes, t, formats)) : nothing}</span>
      ${
        files.length === 0
          ? nothing
          : html`<ul class="files">${repeat(
              files,
              ({ id }) => id,
              (file) => renderFile(file, { attachments, terms: t, formats, disabled }),
            )}</ul>`
      }
      <span class="visually-hidden" role="status">${announced ? t.uploaded(announced.name) : nothing}</span>
    </div>
  `;
}

function renderFile(file: PickedFile, { attachments, terms: t, formats }: AttachmentFieldParts): TemplateResult {
  const { id, name, bytes, share, attachment, problem } = file;
  return html`<li class="row" data-file=${problem ?? attachment?.state ?? 'uploading'}>
    <bdi>${name}</bdi> <span class="small muted tabular">${fileSize(bytes, t, formats)}</span>
    ${
      problem === undefined && attachment === undefined
        ? html`<progress max="1" .value=${share} aria-label=${t.uploading(name, formats.percent(share))}></progress>`
        : nothing
    }
    ${attachment?.state === 'scanning' ? html`<span class="chip">${t.scanning}</span>` : nothing}
    ${attachment?.state === 'infected' ? html`<span class="chip danger">${t.infected}</span>` : nothing}
    ${attachment?.state === 'ready' ? html`<span aria-hidden="true">✓</span>` : nothing}
    ${problem === undefined ? nothing : html`<span class="field-error" role="alert">${problemWords(problem, attachments, t, formats)}</span>`}
    ${problem === 'failed' ? html`<button type="button" class="link" data-action="again" aria-label=${t.again(name)} @click=${() => attachments.again(id)}>↻</button>` : nothing}
    <button type="button" class="icon plain" data-action="remove" aria-label=${t.remove(name)} title=${t.remove(name)} @click=${() => attachments.remove(id)}>${crossIcon}</button>
  </li>`;
}

function problemWords(
  problem: FileProblem,
  { rules }: Attachments,
  t: TicketTerms['attachments'],
  formats: Formats,
): string {
  if (problem === 'tooLarge') return t.tooLarge(fileSize(rules?.maxBytes ?? 0, t, formats));
  if (problem === 'tooMany') return t.tooMany(rules?.maxFiles ?? 0);
  return t[problem];
}

/** Hands files that are dropped on or pasted into an element to its attachments. Text is pasted as ever. */
export function handleFiles(event: DragEvent | ClipboardEvent, attachments: Attachments): void {
  const data = 'dataTransfer' in event ? event.dataTransfer : event.clipboardData;
  if (event.type === 'dragover') {
    if (data?.types.includes('Files')) event.preventDefault();
    return;
  }
  if (!data || data.files.length === 0) return;
  event.preventDefault();
  attachments.add([...data.files]);
}
