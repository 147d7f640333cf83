import { css } from 'lit';

/**
 * The ground of every widget: the theme with its defaults, and a wall against the page's own rules. A page's `*` rule
 * reaches the host element and is inherited from there; so the box of the host is kept by force, and every inherited
 * property is set anew on the first element inside, where no rule of the page can reach. Font family, colour scheme and
 * direction do come from the page.
 */
export const baseStyles = css`
  :host {
    --_space: var(--cw-space, 4px);
    --_size: var(--cw-font-size, 14px);
    --_size-xs: calc(var(--_size) * 0.857);
    --_size-s: calc(var(--_size) * 0.929);
    --_size-l: calc(var(--_size) * 1.143);
    --_size-xl: calc(var(--_size) * 1.429);
    --_line: var(--cw-line-height, 1.5);
    --_control: var(--cw-control-height, 34px);
    --_radius: var(--cw-radius, 6px);
    --_radius-large: var(--cw-radius-large, 10px);
    --_surface: var(--cw-surface, light-dark(#ffffff, #171b21));
    --_raised: var(--cw-surface-raised, light-dark(#ffffff, #1d232b));
    --_sunken: var(--cw-surface-sunken, light-dark(#f4f6f8, #12161b));
    --_border: var(--cw-border, light-dark(#dce1e7, #333c47));
    --_border-strong: var(--cw-border-strong, light-dark(#848f9c, #718091));
    --_text: var(--cw-text, light-dark(#18212c, #e9edf2));
    --_muted: var(--cw-text-muted, light-dark(#545f6c, #a6b1be));
    --_accent: var(--cw-accent, light-dark(#0b5cad, #7fb8f5));
    --_on-accent: var(--cw-on-accent, light-dark(#ffffff, #0a1d33));
    --_success: var(--cw-success, light-dark(#17702f, #6bd389));
    --_success-ground: var(--cw-success-ground, light-dark(#e6f5ea, #15301e));
    --_warning: var(--cw-warning, light-dark(#805000, #f0c154));
    --_warning-ground: var(--cw-warning-ground, light-dark(#fff3d4, #38290a));
    --_danger: var(--cw-danger, light-dark(#b3202a, #ff9a9a));
    --_danger-ground: var(--cw-danger-ground, light-dark(#fdecec, #421b1e));
    --_recording: var(--cw-recording, light-dark(#b3202a, #ff8080));
    --_shadow: var(--cw-shadow, 0 1px 2px light-dark(rgb(24 33 44 / 12%), rgb(0 0 0 / 40%)));
    --_shadow-raised: var(--cw-shadow-raised, 0 8px 28px light-dark(rgb(24 33 44 / 18%), rgb(0 0 0 / 55%)));
    --_duration: var(--cw-duration, 150ms);

    display: block;
    box-sizing: border-box !important;
    padding: 0 !important;
    border: 0 !important;
    outline: 0 !important;
    background: none !important;
    box-shadow: none !important;
    opacity: 1 !important;
    filter: none !important;
    columns: auto !important;
    container-type: inline-size;
  }

  :host(:lang(fa)) {
    --_line: var(--cw-line-height, 1.7);
  }

  :host([hidden]) {
    display: none !important;
  }

  :host > * {
    font-family: var(--cw-font-family, inherit);
    font-size: var(--_size);
    font-style: normal;
    font-variant: normal;
    font-weight: 400;
    line-height: var(--_line);
    letter-spacing: normal;
    word-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    white-space: normal;
    overflow-wrap: break-word;
    color: var(--_text);
    cursor: auto;
    list-style: none;
    visibility: visible;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  [hidden] {
    display: none !important;
  }

  p {
    margin: 0;
  }

  svg {
    inline-size: 1.15em;
    block-size: 1.15em;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: -0.2em;
  }

  /* Icons that point along the line turn with it. */
  svg.directed:dir(rtl) {
    transform: scaleX(-1);
  }

  .tabular {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .muted {
    color: var(--_muted);
  }

  .small {
    font-size: var(--_size-s);
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
