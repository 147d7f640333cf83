import { css } from 'lit';

export const escalationStyles = css`
  .surface {
    max-inline-size: 34em;
  }

  form .row {
    justify-content: flex-end;
  }

  .message .row {
    justify-content: space-between;
  }

  .message > .said {
    flex: 1 1 12em;
  }
`;
