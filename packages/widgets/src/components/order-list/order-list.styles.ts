import { css } from 'lit';

export const orderListStyles = css`
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 2);
    min-inline-size: 0;
  }

  .filters input {
    flex: 1 1 300px;
    inline-size: auto;
  }

  .filters select {
    inline-size: auto;
  }

  .scroll {
    margin-block-end: calc(var(--_space) * -4);
  }

  tr.open {
    background: color-mix(in oklab, var(--_accent) 6%, transparent);
  }

  .detail {
    background: color-mix(in oklab, var(--_accent) 6%, transparent);
  }

  .detail td {
    border: 0;
    white-space: normal;
    padding-block-end: calc(var(--_space) * 4);
  }

  .detail ul {
    display: grid;
    gap: calc(var(--_space) * 1);
  }
`;
