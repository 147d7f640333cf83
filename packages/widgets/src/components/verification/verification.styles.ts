import { css } from 'lit';

export const verificationStyles = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--_space) * 2);
  }

  .customer {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 calc(var(--_space) * 2);
  }

  .customer .name {
    font-weight: 650;
  }

  .customer button {
    margin-inline-start: auto;
  }

  .choices {
    display: grid;
    gap: calc(var(--_space) * 1.5);
  }

  .choices button {
    inline-size: 100%;
    justify-content: space-between;
    text-align: start;
    white-space: normal;
    padding-block: calc(var(--_space) * 1.5);
  }

  .choices .who {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--_space) * 2);
  }

  .find {
    position: relative;
  }

  .find svg {
    position: absolute;
    inset-inline-start: calc(var(--_space) * 2.5);
    inset-block-end: calc(var(--_control) / 2 - 0.575em);
    color: var(--_muted);
    pointer-events: none;
  }

  .find input[type] {
    padding-inline-start: calc(var(--_space) * 8);
  }

  .question {
    display: grid;
    gap: var(--_space);
    padding-block: calc(var(--_space) * 2);
    border-block-start: 1px solid var(--_border);
  }

  .question .label {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--_space) * 2);
    color: var(--_muted);
    font-weight: 400;
    font-size: var(--_size-xs);
  }

  .question .text {
    font-size: var(--_size-l);
    font-weight: 500;
  }

  .answer {
    display: flex;
    gap: calc(var(--_space) * 2);
  }

  .answer input {
    flex: 1;
  }

  .status {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 3);
    padding: calc(var(--_space) * 3);
    border-radius: var(--_radius);
  }

  .status > svg {
    font-size: 1.7em;
  }

  .status p:first-child {
    font-weight: 600;
  }

  .status.passed {
    background: var(--_success-ground);
    color: var(--_success);
  }

  .status.failed,
  .status.locked {
    background: var(--_danger-ground);
    color: var(--_danger);
  }

  .status.expired {
    background: var(--_warning-ground);
    color: var(--_warning);
  }

  .status .tabular {
    margin-inline-start: auto;
    font-size: var(--_size-xl);
    font-weight: 500;
    min-inline-size: 2.8em;
    text-align: end;
  }

  .pin {
    display: grid;
    gap: calc(var(--_space) * 2);
    border-block-start: 1px solid var(--_border);
    padding-block-start: calc(var(--_space) * 3);
    justify-items: start;
  }

  .keying {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 3);
  }

  .keying .dots {
    display: inline-flex;
    gap: var(--_space);
  }

  .keying .dots i {
    inline-size: 0.5em;
    block-size: 0.5em;
    border-radius: 50%;
    background: var(--_accent);
    animation: keying 1s ease-in-out infinite alternate;
  }

  .keying .dots i:nth-child(2) {
    animation-delay: 0.2s;
  }

  .keying .dots i:nth-child(3) {
    animation-delay: 0.4s;
  }

  .keying .dots i:nth-child(4) {
    animation-delay: 0.6s;
  }

  @keyframes keying {
    to {
      opacity: 0.2;
    }
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 2);
  }

  @container (inline-size < 360px) {
    .answer {
      flex-direction: column;
    }
  }
`;
