// Takes the spaces and comments out of css`…` templates: esbuild minifies script, not the CSS inside it.

const commentOrQuoted = /(\/\*[\s\S]*?\*\/|"[^"]*"|'[^']*')/;

/** Minifies the text of one style sheet; what stands in quotes is left alone. */
export function minifyCss(text) {
  return text
    .split(commentOrQuoted)
    .map((part, index) => (index % 2 === 0 ? squeeze(part) : part.startsWith('/*') ? '' : part))
    .join('')
    .trim();
}

function squeeze(text) {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]|>(?!=)) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}');
}

/** Minifies every css`…` of a module. Templates with expressions are left as they are. */
export function minifyCssLiterals(code) {
  return code.replace(/\bcss`([^`$\\]*)`/g, (_, text) => `css\`${minifyCss(text)}\``);
}

/** For rollup: before the compiler, so that only sources of ours are touched. */
export const cssLiterals = {
  name: 'css-literals',
  transform: {
    order: 'pre',
    handler: (code, id) =>
      id.endsWith('.ts') && code.includes('css`') ? { code: minifyCssLiterals(code), map: null } : null,
  },
};
