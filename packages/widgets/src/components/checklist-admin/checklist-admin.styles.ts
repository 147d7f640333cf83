import { css } from 'lit';

export const checklistAdminStyles = css`
  .item {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 2);
    padding-block: calc(var(--_space) * 3);
    border-block-start: 1px solid var(--_border);
  }

  .languages {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(14em, 1fr));
    gap: calc(var(--_space) * 2);
  }
`;
