import { css } from 'lit';

export const messageLogStyles = css`
  .scroll {
    margin-block-end: calc(var(--_space) * -4);
  }

  td.reason:last-child:not([colspan]) {
    text-align: start;
    white-space: normal;
  }

  select {
    inline-size: auto;
  }
`;
