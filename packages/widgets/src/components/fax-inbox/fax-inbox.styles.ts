import { css } from 'lit';

export const faxInboxStyles = css`
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 2);
    min-inline-size: 0;
  }

  .filters {
    flex: 0 1 360px;
  }

  .filters input {
    flex: 1 1 180px;
    inline-size: auto;
  }

  .filters select {
    inline-size: auto;
  }

  tr.new td {
    font-weight: 600;
  }

  tr.open,
  .detail {
    background: color-mix(in oklab, var(--_accent) 6%, transparent);
  }

  .detail td {
    border: 0;
    white-space: normal;
    font-weight: 400;
    padding-block-end: calc(var(--_space) * 4);
  }

  .under {
    display: block;
  }

  .opened {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 280px);
    gap: calc(var(--_space) * 4);
  }

  @container (inline-size < 700px) {
    .opened {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  .paper {
    overflow: auto;
    max-block-size: 70vh;
    min-block-size: 180px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_sunken);
    text-align: center;
  }

  .paper:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .paper img {
    display: inline-block;
    inline-size: 100%;
    block-size: auto;
  }

  .paper[data-zoom='1'] img {
    inline-size: 150%;
  }

  .paper[data-zoom='2'] img {
    inline-size: 200%;
  }

  .paper[data-zoom='3'] img {
    inline-size: 300%;
  }

  .paper img[hidden] {
    display: none;
  }

  .side-notes a {
    color: var(--_accent);
  }

  .found {
    display: grid;
    gap: calc(var(--_space) * 1);
  }

  .side-notes {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 3);
    min-inline-size: 0;
  }

  textarea {
    inline-size: 100%;
    min-block-size: 5em;
    resize: vertical;
  }
`;
