import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript, which rollup's configuration loads as it is
import { minifyCss, minifyCssLiterals } from './css-literals.js';

describe('the CSS inside templates', () => {
  it('loses spaces and comments', () => {
    expect(
      minifyCss("\n  /* the page's why */\n  .a > .b,\n  .c:hover {\n    color: red;\n    margin: 0 auto;\n  }\n"),
    ).toBe('.a>.b,.c:hover{color:red;margin:0 auto}');
  });

  it('keeps the spaces that mean something', () => {
    expect(minifyCss('.a .b :focus { inline-size: calc(1em + 2px); content: ", /* x */ "; }')).toBe(
      '.a .b :focus{inline-size:calc(1em + 2px);content:", /* x */ "}',
    );
    expect(minifyCss('@container (inline-size < 640px) and (a: b) { :host([x]) { top: 0 } }')).toBe(
      '@container (inline-size < 640px) and (a:b){:host([x]){top:0}}',
    );
  });

  it('is changed in css templates only, and not where an expression stands', () => {
    expect(
      minifyCssLiterals(
        'const a = css`\n  b { c: d; }\n`; const e = html`<p>  f  </p>`; const g = css`h { i: ${j}; }`;',
      ),
    ).toBe('const a = css`b{c:d}`; const e = html`<p>  f  </p>`; const g = css`h { i: ${j}; }`;');
  });
});
