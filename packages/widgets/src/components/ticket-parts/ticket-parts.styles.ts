import { css } from 'lit';

export const ticketPartsStyles = css`
  .entries {
    display: grid;
    gap: calc(var(--_space) * 2);
  }

  .written {
    display: grid;
    gap: var(--_space);
    padding: calc(var(--_space) * 2) calc(var(--_space) * 3);
    border-inline-start: 3px solid var(--_border-strong);
    border-radius: var(--_radius);
    background: var(--_sunken);
  }

  .written.answer {
    border-color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 7%, var(--_surface));
  }

  /* Set apart by frame, lock, word and ground: nobody may take it for what the customer reads. */
  .written.note {
    border: 1px dashed var(--_warning);
    background: var(--_warning-ground);
  }

  .written.note .muted {
    color: var(--_text);
  }

  strong {
    font-weight: 600;
  }

  .text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .happened {
    padding-inline: calc(var(--_space) * 3);
    color: var(--_muted);
  }

  .files {
    display: grid;
    gap: var(--_space);
  }

  .files bdi {
    overflow-wrap: anywhere;
  }

  a {
    color: var(--_accent);
  }

  progress {
    inline-size: 120px;
    accent-color: var(--_accent);
  }

  .ask {
    flex-wrap: wrap;
    align-items: center;
  }

  .attach {
    align-items: flex-start;
  }

  form.dropping {
    outline: 2px dashed var(--_accent);
    outline-offset: 4px;
  }

  textarea {
    min-block-size: 6em;
  }

  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: var(--_space) calc(var(--_space) * 3);
    font-size: var(--_size-s);
  }

  dt {
    color: var(--_muted);
  }

  dd {
    overflow-wrap: anywhere;
  }

  h2,
  h3 {
    overflow-wrap: anywhere;
  }
`;
