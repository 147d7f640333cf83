import { css } from 'lit';

export const paymentsStyles = css`
  td.what {
    white-space: normal;
    overflow-wrap: anywhere;
  }

  td[colspan] {
    background: var(--_sunken);
    white-space: normal;
  }

  .lines {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 2);
  }

  .lines li {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
`;
