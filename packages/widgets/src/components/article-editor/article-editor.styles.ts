import { css } from 'lit';

export const articleEditorStyles = css`
  .item {
    border-block-start: 1px solid var(--_border);
    padding-block: calc(var(--_space) * 2);
    overflow-wrap: anywhere;
  }

  .sides {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(22em, 100%), 1fr));
    gap: calc(var(--_space) * 4);
  }

  textarea {
    min-block-size: 16em;
    resize: vertical;
  }
`;
