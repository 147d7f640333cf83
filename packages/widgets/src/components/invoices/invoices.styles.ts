import { css } from 'lit';

export const balanceStyles = css`
  .figure {
    display: flex;
    flex-direction: column;
  }

  .figure strong {
    font-size: var(--_size-xl);
  }

  meter {
    inline-size: 100%;
    block-size: calc(var(--_space) * 4);
  }

  .lines {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 2);
    margin: 0;
    padding: 0;
    list-style: none;
    white-space: normal;
  }

  .lines .what {
    min-inline-size: 0;
    flex: 1 1 14em;
  }

  .note {
    display: block;
    overflow-wrap: anywhere;
  }

  td.lines-of {
    background: var(--_sunken);
  }
`;
