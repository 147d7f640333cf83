import { css } from 'lit';

export const customerFormStyles = css`
  form {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 5);
  }

  .group {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: calc(var(--_space) * 3) calc(var(--_space) * 4);
    align-items: start;
  }

  .group > legend {
    font-size: var(--_size);
    font-weight: 600;
    margin-block-end: calc(var(--_space) * 2);
  }

  .wide {
    grid-column: 1 / -1;
  }

  cw-customer-security {
    margin-block-start: calc(var(--_space) * 4);
  }

  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 2);
    border-block-start: 1px solid var(--_border);
    padding-block-start: calc(var(--_space) * 4);
  }

  .foot .state {
    margin-inline-end: auto;
  }

  .skeletons {
    display: grid;
    gap: calc(var(--_space) * 4);
  }

  .skeletons .skeleton {
    block-size: var(--_control);
  }

  @container (inline-size < 560px) {
    .group {
      grid-template-columns: minmax(0, 1fr);
    }

    .foot button {
      flex: 1;
    }

    .foot .state {
      flex-basis: 100%;
    }
  }
`;
