import { css } from 'lit';

export const installationFormStyles = css`
  .facts {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--_space) calc(var(--_space) * 4);
  }

  dt {
    color: var(--_muted);
  }

  .text {
    margin: 0;
    padding: calc(var(--_space) * 3);
    border-inline-start: 3px solid var(--_accent);
    background: var(--_sunken);
    white-space: pre-line;
  }

  legend {
    margin-block-end: calc(var(--_space) * 2);
  }

  .choice {
    align-items: flex-start;
  }
`;
