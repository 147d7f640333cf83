import { css } from 'lit';

export const instrumentPickerStyles = css`
  :host {
    container-type: normal;
  }

  .combobox {
    position: relative;
  }

  ul {
    position: absolute;
    inset-block-start: calc(100% + var(--_space));
    inset-inline: 0;
    min-inline-size: 260px;
    max-block-size: 260px;
    overflow-y: auto;
    z-index: 3;
    padding: var(--_space);
    background: var(--_raised);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-large);
    box-shadow: var(--_shadow-raised);
  }

  li {
    display: grid;
    grid-template-columns: 6.5em 1fr auto;
    gap: calc(var(--_space) * 2);
    align-items: baseline;
    padding: calc(var(--_space) * 1.5) calc(var(--_space) * 2);
    border-radius: var(--_radius);
    cursor: pointer;
  }

  li[aria-selected='true'] {
    background: color-mix(in oklab, var(--_accent) 14%, var(--_raised));
    box-shadow: inset 0 0 0 1px var(--_accent);
  }

  li b {
    font-weight: 600;
  }

  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .nothing {
    display: block;
    cursor: default;
    color: var(--_muted);
  }

  @media (forced-colors: active) {
    li[aria-selected='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
