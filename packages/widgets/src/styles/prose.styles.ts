import { css } from 'lit';

/** What is drawn of Markdown. */
export const proseStyles = css`
  .prose {
    overflow-wrap: anywhere;
  }

  .prose :is(h4, h5, h6) {
    margin-block: calc(var(--_space) * 4) calc(var(--_space) * 2);
    font-size: var(--_size);
    font-weight: 600;
  }

  .prose h4 {
    font-size: var(--_size-l);
  }

  .prose :is(p, ul, ol, pre, blockquote, .wide) {
    margin-block: calc(var(--_space) * 2);
  }

  .prose :is(ul, ol) {
    padding-inline-start: calc(var(--_space) * 6);
  }

  .prose ul {
    list-style: disc;
  }

  .prose ol {
    list-style: decimal;
  }

  .prose blockquote {
    margin-inline: 0;
    padding-inline-start: calc(var(--_space) * 3);
    border-inline-start: 3px solid var(--_border-strong);
  }

  .prose :is(pre, .wide) {
    overflow-x: auto;
  }

  .prose pre {
    padding: calc(var(--_space) * 2);
    border-radius: var(--_radius);
    background: var(--_sunken);
  }

  .prose :is(th, td) {
    padding: var(--_space) calc(var(--_space) * 2);
    border: 1px solid var(--_border);
    text-align: start;
  }

  .prose a {
    color: var(--_accent);
    text-decoration: underline;
  }
`;
