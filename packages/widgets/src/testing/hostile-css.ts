/** The worst of what host pages do to everything on them. */
export const hostileCss = `
  * { margin: 7px; padding: 11px; border: 3px dotted lime; letter-spacing: 4px; word-spacing: 9px; text-transform: uppercase;
      text-align: center; line-height: 3; font-size: 27px; font-style: italic; font-weight: 900; color: lime !important; white-space: pre;
      text-indent: 20px; box-sizing: content-box; opacity: 0.4; visibility: visible; list-style: square; }
  button, input, select, textarea { all: unset; width: 400px !important; background: red !important; }
  svg { width: 100% !important; height: auto !important; fill: hotpink !important; }
  div, span, p, ul, li, section { float: left; display: inline; position: relative; inset-inline-start: 30px; }
`;

/** Puts rules on the page through a constructed sheet, which no content policy blocks; returns their removal. */
export function withPageCss(text: string): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
}
