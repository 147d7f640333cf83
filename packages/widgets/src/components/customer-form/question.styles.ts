import { css } from 'lit';

/** One question with its answer in a line. */
export const questionStyles = css`
  .question {
    display: grid;
    grid-template-columns: 1.6fr 1fr auto;
    gap: calc(var(--_space) * 2);
    align-items: end;
  }

  .question .field-error {
    grid-column: 1 / -1;
  }

  @container (inline-size < 560px) {
    .question {
      grid-template-columns: minmax(0, 1fr) auto;
    }

    .question > .field:first-child {
      grid-column: 1 / -1;
    }
  }
`;
