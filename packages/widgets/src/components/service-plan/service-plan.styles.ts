import { css } from 'lit';

export const servicePlanStyles = css`
  /* Hundreds of devices: those that are out of sight are not laid out. */
  article {
    content-visibility: auto;
    contain-intrinsic-block-size: auto calc(var(--_control) * 3);
  }

  h3 {
    margin: 0;
  }

  fieldset {
    display: grid;
    gap: calc(var(--_space) * 2);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .choice {
    display: grid;
    grid-template-columns: auto 1fr auto;
    align-items: center;
    gap: 0 calc(var(--_space) * 2);
    min-block-size: var(--_control);
    padding: calc(var(--_space) * 2);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    cursor: pointer;
  }

  .choice:has(input:checked) {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }

  .choice .about {
    grid-column: 2 / -1;
  }
`;
