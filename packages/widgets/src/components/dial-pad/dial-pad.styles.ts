import { css } from 'lit';

export const dialPadStyles = css`
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 20em) minmax(0, 1fr);
    align-items: start;
    gap: calc(var(--_space) * 5);
  }

  @container (inline-size < 620px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  .number {
    display: flex;
    gap: calc(var(--_space) * 1.5);
  }

  .number input.code {
    flex: 1;
    font-size: var(--_size-l);
    text-align: left;
  }

  .keys {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: calc(var(--_space) * 1.5);
  }

  .keys button {
    position: relative;
    font-size: var(--_size-l);
    min-block-size: calc(var(--_control) * 1.15);
    touch-action: manipulation;
  }

  .plus {
    position: absolute;
    inset-block-end: 1px;
    inset-inline-end: 6px;
    color: var(--_muted);
    font-size: var(--_size-xs);
  }

  .place {
    flex: 1;
  }

  .call {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    padding: calc(var(--_space) * 3);
  }

  .who {
    font-size: var(--_size-l);
    font-weight: 600;
  }

  .sent {
    min-block-size: 1.6em;
    padding-inline: calc(var(--_space) * 2);
    border-radius: var(--_radius);
    background: var(--_sunken);
    text-align: center;
    overflow: hidden;
    letter-spacing: 0.08em;
  }

  .tones {
    max-inline-size: 20em;
  }

  .info {
    white-space: pre-line;
    max-block-size: 16em;
    overflow: auto;
  }

  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space) calc(var(--_space) * 3);
    padding-block: calc(var(--_space) * 1.5);
    border-block-start: 1px solid var(--_border);
  }

  li > span {
    flex: 1 1 14em;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  li button {
    min-block-size: calc(var(--_control) - 4px);
  }

  h3 {
    font-size: var(--_size);
  }

  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(var(--_space) * 4);
  }

  legend {
    float: inline-start;
    margin-inline-end: calc(var(--_space) * 2);
  }
`;
