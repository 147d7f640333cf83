import { css } from 'lit';

export const priceListStyles = css`
  .prices {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(9em, 1fr));
    gap: calc(var(--_space) * 3);
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }

  .prices legend {
    padding: 0;
    margin-block-end: calc(var(--_space) * 2);
    font-weight: 600;
  }

  .version .tabular {
    white-space: normal;
  }

  .version dd {
    white-space: nowrap;
  }

  .version {
    padding-block: calc(var(--_space) * 3);
    border-block-start: 1px solid var(--_border);
  }

  dl {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(var(--_space) * 5);
    margin: 0;
  }

  dd {
    margin: 0;
  }
`;
