import { css } from 'lit';

export const messageLogStyles = css`
  .scroll {
    margin-block-end: calc(var(--_space) * -4);
  }

  td.reason:last-child:not([colspan]) {
    text-align: start;
    white-space: normal;
  }

  /* On a card it stands on a line of its own, where every line begins. */
  @container (inline-size < 560px) {
    td.reason:last-child:not([colspan]) {
      flex: 1 0 100%;
      margin: 0;
      color: var(--_muted);
    }

    td.reason:empty {
      display: none;
    }
  }

  select {
    inline-size: auto;
  }
`;
