import { css } from 'lit';

export const deviceListStyles = css`
  .scroll {
    margin-block-end: calc(var(--_space) * -4);
    max-block-size: var(--cw-device-list-height, 32em);
    overflow: auto;
  }

  /* Hundreds of rows: those that are out of sight are not laid out. */
  tbody tr {
    content-visibility: auto;
    contain-intrinsic-block-size: auto calc(var(--_control) + var(--_space) * 2);
  }

  .model {
    font-weight: 600;
  }
`;
