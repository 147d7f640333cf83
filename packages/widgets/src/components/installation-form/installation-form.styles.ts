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

  .choice {
    align-items: flex-start;
  }
`;
