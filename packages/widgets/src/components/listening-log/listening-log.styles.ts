import { css } from 'lit';

export const listeningLogStyles = css`
  form {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: calc(var(--_space) * 3);
  }

  form > .field {
    flex: 1 1 9em;
    min-inline-size: 0;
  }

  form > cw-day-field {
    flex: 1 1 18em;
    /* Its place for an error, empty, would lift its fields above the others. */
    margin-block-end: calc(var(--_space) * -1);
  }

  .reason {
    white-space: normal;
    min-inline-size: 12em;
  }

  .more {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 3);
    justify-content: space-between;
  }
`;
