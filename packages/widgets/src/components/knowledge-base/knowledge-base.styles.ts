import { css } from 'lit';

export const knowledgeBaseStyles = css`
  .hit {
    border-block-start: 1px solid var(--_border);
    padding-block: calc(var(--_space) * 3);
    overflow-wrap: anywhere;
  }

  .hit button {
    font-weight: 600;
    text-align: start;
    white-space: normal;
    block-size: auto;
  }

  mark {
    background: var(--_warning-ground);
    color: inherit;
    font-weight: 600;
  }

  .filters {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(12em, 100%), 1fr));
    gap: calc(var(--_space) * 3);
  }

  video {
    display: block;
    inline-size: 100%;
    max-block-size: 70vh;
    background: #000;
  }

  .transcript {
    white-space: pre-wrap;
  }

  h3:focus {
    outline: none;
  }
`;
