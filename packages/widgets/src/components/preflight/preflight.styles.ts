import { css } from 'lit';

export const preflightStyles = css`
  .surface {
    max-inline-size: 40em;
  }

  .check {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: var(--_space) calc(var(--_space) * 3);
    padding-block: calc(var(--_space) * 2.5);
    border-block-start: 1px solid var(--_border);
  }

  .check > .more {
    grid-column: 1 / -1;
    font-size: var(--_size-s);
  }

  .check .name {
    font-weight: 600;
  }

  .check meter {
    inline-size: 100%;
  }

  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--_space) * 4);
    color: var(--_muted);
    font-size: var(--_size-xs);
  }
`;
