import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
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
    const others = 'const e = html`<p>  f  </p>`; const g = css`h { i: $' + '{j}; }`;';
    expect(minifyCssLiterals(`const a = css\`\n  b { c: d; }\n\`; ${others}`)).toBe(
      `const a = css\`b{c:d}\`; ${others}`,
    );
  });

  it('means the same in every style sheet of the widgets', () => {
    const cwd = fileURLToPath(new URL('../../packages/widgets/src', import.meta.url));
    const sheets = globSync('**/*.ts', { cwd }).flatMap((file) =>
      [...readFileSync(`${cwd}/${file}`, 'utf8').matchAll(/\bcss`([^`]*)`/g)].map(([, text = '']) => ({ file, text })),
    );
    expect(sheets.length).toBeGreaterThan(15);
    // A parser's own normal form: what is equal in it is the same to a browser. It leaves the values of custom properties
    // as they are; spaces after a comma or the colon mean nothing there either.
    const normal = (css: string) =>
      transformSync(css, { loader: 'css', minify: true }).code.replace(/(,|--[\w-]+:)\s+/g, '$1');
    for (const { file, text } of sheets) expect(normal(minifyCss(text)), file).toBe(normal(text));
  });
});
