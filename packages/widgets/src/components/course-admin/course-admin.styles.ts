import { css } from 'lit';

export const courseAdminStyles = css`
  .list,
  .plain-list {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 2);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .list > li {
    border-block-start: 1px solid var(--_border);
    padding-block: calc(var(--_space) * 3);
  }

  .address {
    overflow-wrap: anywhere;
  }

  fieldset .row {
    gap: calc(var(--_space) * 4);
  }
`;
