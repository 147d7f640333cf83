import { css } from 'lit';

export const transferStyles = css`
  .facts {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--_space) calc(var(--_space) * 4);
    margin: 0;
  }

  dt {
    color: var(--_muted);
  }

  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .text {
    margin: 0;
    padding: calc(var(--_space) * 3);
    border-inline-start: 3px solid var(--_accent);
    background: var(--_sunken);
    white-space: pre-line;
  }

  h2,
  h3 {
    margin: 0;
  }
`;
