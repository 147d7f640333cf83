import { css } from 'lit';

export const customerSecurityStyles = css`
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 2);
    padding-block-start: calc(var(--_space) * 3);
    border-block-start: 1px solid var(--_border);
  }

  h3 {
    font-size: var(--_size);
  }

  .line .end {
    margin-inline-start: auto;
  }

  .line ul {
    flex-basis: 100%;
  }

  .with-button {
    display: flex;
    gap: calc(var(--_space) * 2);
  }

  .with-button button {
    flex: none;
  }
`;
