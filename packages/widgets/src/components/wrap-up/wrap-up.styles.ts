import { css } from 'lit';

export const wrapUpStyles = css`
  form {
    display: grid;
    grid-template-columns: minmax(14em, 1fr) 2fr auto;
    gap: calc(var(--_space) * 3);
    align-items: start;
  }

  textarea {
    min-block-size: var(--_control);
    field-sizing: content;
    max-block-size: 10em;
  }

  .end {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 3);
    /* In line with the controls, below their labels. */
    margin-block-start: calc(var(--_size-s) * var(--_line) + var(--_space));
  }

  .message {
    grid-column: 1 / -1;
  }

  @container (inline-size < 640px) {
    form {
      grid-template-columns: 1fr;
    }

    .end {
      margin: 0;
      justify-content: space-between;
    }
  }
`;
