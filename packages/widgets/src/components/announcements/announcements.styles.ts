import { css } from 'lit';

export const announcementsStyles = css`
  li {
    border-block-start: 1px solid var(--_border);
    padding-block: calc(var(--_space) * 3);
  }

  .languages {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 18em), 1fr));
    gap: calc(var(--_space) * 3);
  }

  legend {
    margin-block-end: calc(var(--_space) * 2);
  }

  .choices {
    gap: calc(var(--_space) * 2) calc(var(--_space) * 4);
  }

  td.delivery:last-child {
    text-align: start;
    white-space: normal;
  }

  @container (inline-size < 560px) {
    td.delivery:last-child {
      flex: 1 0 100%;
      margin: 0;
    }
  }
`;
