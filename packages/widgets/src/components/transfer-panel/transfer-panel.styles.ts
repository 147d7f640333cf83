import { css } from 'lit';

export const transferPanelStyles = css`
  .surface {
    max-inline-size: 34em;
  }

  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 2);
    margin: 0;
    padding: 0;
    border: 0;
  }

  ul {
    display: grid;
    gap: var(--_space);
    max-block-size: 16em;
    margin: 0;
    padding: 0;
    overflow-y: auto;
    list-style: none;
  }

  li > button {
    display: flex;
    justify-content: space-between;
    gap: calc(var(--_space) * 2);
    inline-size: 100%;
  }
`;
