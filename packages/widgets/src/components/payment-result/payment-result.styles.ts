import { css } from 'lit';

export const paymentResultStyles = css`
  dl {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: var(--_space) calc(var(--_space) * 4);
    white-space: normal;
  }

  dt {
    color: var(--_muted);
    font-size: var(--_size-s);
  }

  dd {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .sum {
    font-weight: 600;
  }
`;
