import { css } from 'lit';

export const courseShopStyles = css`
  .courses {
    display: flex;
    flex-direction: column;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .courses li {
    border-block-start: 1px solid var(--_border);
    padding-block: calc(var(--_space) * 3);
  }

  .about {
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
`;
