import { css } from 'lit';

export const voicemailStyles = css`
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 2);
    min-inline-size: 0;
  }

  select {
    inline-size: auto;
    max-inline-size: 100%;
  }

  tr.new td {
    font-weight: 600;
  }

  tr.open,
  .detail {
    background: color-mix(in oklab, var(--_accent) 6%, transparent);
  }

  .detail td {
    border: 0;
    white-space: normal;
    font-weight: 400;
    padding-block-end: calc(var(--_space) * 4);
  }

  .under {
    display: block;
  }

  .opened,
  .greeting {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 3);
    min-inline-size: 0;
  }

  .greeting {
    padding-block-start: calc(var(--_space) * 2);
  }

  summary {
    cursor: pointer;
    min-block-size: 24px;
  }

  .transport {
    display: grid;
    grid-template-columns: auto auto auto minmax(0, 1fr) auto auto;
    align-items: center;
    gap: calc(var(--_space) * 2);
  }

  input[type='range'] {
    appearance: auto;
    display: block;
    inline-size: 100%;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    accent-color: var(--_accent);
  }

  textarea {
    inline-size: 100%;
    min-block-size: 4em;
    resize: vertical;
  }

  @container (inline-size < 480px) {
    .transport {
      grid-template-columns: auto auto auto auto minmax(0, 1fr);
    }

    .transport input[type='range'] {
      grid-column: 1 / -1;
      grid-row: 1;
    }
  }
`;
