import { css } from 'lit';

export const ticketCaseStyles = css`
  .choices,
  .work {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(140px, 1fr));
    align-items: end;
    gap: calc(var(--_space) * 3);
  }

  .work {
    align-items: start;
    padding-block-start: calc(var(--_space) * 3);
  }

  .work .wide {
    grid-column: 1 / -1;
  }

  summary {
    cursor: pointer;
    min-block-size: 24px;
  }

  .writing {
    padding-block-start: calc(var(--_space) * 3);
    border-block-start: 1px solid var(--_border);
  }

  .writing.internal textarea {
    border: 1px dashed var(--_warning);
    background: var(--_warning-ground);
  }
`;
