import { css } from 'lit';

export const wallboardStyles = css`
  section:fullscreen {
    --_figure: clamp(40px, 8vmin, 120px);
    overflow: auto;
    border: 0;
    border-radius: 0;
    padding: calc(var(--_space) * 8);
  }

  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: calc(var(--_space) * 3);
  }

  /* Six figures stand in rows that are full: three and three before four and two. */
  @container (480px <= inline-size < 1000px) {
    .figures {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
  }

  .figure {
    display: flex;
    flex-direction: column;
    gap: var(--_space);
    min-block-size: 108px;
    padding: calc(var(--_space) * 3);
    border: 1px solid var(--_border);
    border-inline-start-width: 4px;
    border-radius: var(--_radius);
  }

  .figure dt {
    color: var(--_muted);
    font-size: var(--_size-s);
  }

  .figure .value {
    font-size: var(--cw-wallboard-figure, var(--_figure, 36px));
    font-weight: 600;
    line-height: 1.1;
  }

  .figure .word {
    font-size: var(--_size-l);
    color: var(--_muted);
  }

  .figure .about {
    display: flex;
    flex-direction: column;
    margin-block-start: auto;
    color: var(--_muted);
  }

  .level {
    display: inline-flex;
    align-items: center;
    gap: var(--_space);
    font-weight: 600;
  }

  .level.good,
  .good .level {
    color: var(--_success);
  }

  .level.warning,
  .warning .level {
    color: var(--_warning);
  }

  .level.danger,
  .danger .level {
    color: var(--_danger);
  }

  .figure.good {
    border-inline-start-color: var(--_success);
  }

  .figure.warning {
    border-inline-start-color: var(--_warning);
    border-inline-start-style: dashed;
  }

  .figure.danger {
    border-color: var(--_danger);
    border-inline-start-style: double;
    border-inline-start-width: 6px;
  }

  tbody th {
    font-size: inherit;
    font-weight: 600;
    color: inherit;
    border-block-start: 1px solid var(--_border);
  }

  th.number {
    text-align: end;
  }

  .agents {
    display: grid;
    gap: calc(var(--_space) * 2);
  }

  @container (inline-size < 640px) {
    tbody th {
      flex: 1 0 100%;
      border: 0;
      padding: 0;
    }

    td.number {
      text-align: start;
    }
  }
`;
