import { css } from 'lit';

export const recordingPlayerStyles = css`
  .transport {
    display: grid;
    grid-template-columns: auto auto auto 1fr auto auto;
    align-items: center;
    gap: calc(var(--_space) * 2);
  }

  .track {
    position: relative;
    min-inline-size: 6rem;
  }

  input[type='range'] {
    appearance: auto;
    display: block;
    inline-size: 100%;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    accent-color: var(--_accent);
  }

  .marks {
    display: block;
    inline-size: 100%;
    block-size: 8px;
    pointer-events: none;
    overflow: visible;
  }

  .marks rect {
    fill: var(--_accent);
    stroke: none;
  }

  .marks rect.gap {
    fill: var(--_warning);
  }

  svg.marks:dir(rtl) {
    transform: scaleX(-1);
  }

  select {
    inline-size: auto;
  }

  ul {
    display: grid;
    gap: var(--_space);
  }

  li button {
    inline-size: 100%;
    justify-content: flex-start;
  }

  li button[aria-current='true'] {
    background: color-mix(in oklab, var(--_accent) 14%, var(--_raised));
  }

  @container (inline-size < 480px) {
    .transport {
      grid-template-columns: auto auto auto auto 1fr;
    }

    .track {
      grid-column: 1 / -1;
      grid-row: 1;
    }
  }
`;
