import { html, nothing, type TemplateResult } from 'lit';
import { Lexer, type Token, type Tokens } from 'marked';

/**
 * Markdown as templates. Of the parser only the lexer is used: what it makes are plain objects, of which a list of known
 * kinds is drawn, and every text through a binding. No markup is ever put together as a string, so there is nothing to
 * sanitise; raw HTML is shown as the text that it is. Loaded with the first article that is opened.
 */
export function renderMarkdown(source: string): TemplateResult {
  const tokens = new Lexer({ gfm: true, breaks: false }).lex(source);
  const depths = tokens.flatMap((token) => (token.type === 'heading' ? [(token as Tokens.Heading).depth] : []));
  return html`${blocks(tokens, Math.min(...depths, 6))}`;
}

type Drawn = TemplateResult | string | typeof nothing;

/** @param top The highest heading of the text, whichever it is: it becomes an h4, below the widget's own. */
function blocks(tokens: readonly Token[], top: number): Drawn[] {
  return tokens.map((token) => block(token, top));
}

function block(token: Token, top: number): Drawn {
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      const content = inlines(tokens);
      if (depth <= top) return html`<h4 dir="auto">${content}</h4>`;
      return depth === top + 1 ? html`<h5 dir="auto">${content}</h5>` : html`<h6 dir="auto">${content}</h6>`;
    }
    case 'paragraph':
      return html`<p dir="auto">${inlines((token as Tokens.Paragraph).tokens)}</p>`;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return html`${tokens ? inlines(tokens) : decoded(text)}`;
    }
    case 'code':
      // May be wider than the page: whoever has no mouse scrolls it with the keyboard.
      return html`<pre tabindex="0" dir="ltr"><code>${(token as Tokens.Code).text}</code></pre>`;
    case 'blockquote':
      return html`<blockquote dir="auto">${blocks((token as Tokens.Blockquote).tokens, top)}</blockquote>`;
    case 'hr':
      return html`<hr>`;
    case 'list': {
      const { ordered, start, items } = token as Tokens.List;
      const drawn = items.map(
        ({ task, checked, tokens }) =>
          html`<li dir="auto">${task ? `${checked ? '☑' : '☐'} ` : nothing}${blocks(tokens, top)}</li>`,
      );
      return ordered ? html`<ol start=${start === '' ? 1 : start}>${drawn}</ol>` : html`<ul>${drawn}</ul>`;
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return html`<div class="wide" tabindex="0"><table>
        <thead><tr>${header.map(({ tokens }) => html`<th scope="col" dir="auto">${inlines(tokens)}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`<tr>${row.map(({ tokens }) => html`<td dir="auto">${inlines(tokens)}</td>`)}</tr>`)}</tbody>
      </table></div>`;
    }
    case 'html':
      return html`<p dir="auto">${token.raw.trim()}</p>`;
    case 'space':
    case 'def':
    case 'checkbox':
      return nothing;
    default:
      return inline(token);
  }
}

const inlines = (tokens: readonly Token[]): Drawn[] => tokens.map(inline);

function inline(token: Token): Drawn {
  switch (token.type) {
    case 'strong':
      return html`<strong>${inlines((token as Tokens.Strong).tokens)}</strong>`;
    case 'em':
      return html`<em>${inlines((token as Tokens.Em).tokens)}</em>`;
    case 'del':
      return html`<del>${inlines((token as Tokens.Del).tokens)}</del>`;
    case 'codespan':
      return html`<code dir="ltr">${(token as Tokens.Codespan).text}</code>`;
    case 'br':
      return html`<br>`;
    case 'link': {
      const { href, tokens } = token as Tokens.Link;
      return link(href, inlines(tokens));
    }
    // What a page shows of strangers' pictures is its own policy: a picture is a link to it.
    case 'image': {
      const { href, text } = token as Tokens.Image;
      return link(href, [decoded(text === '' ? href : text)]);
    }
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens ? html`${inlines(tokens)}` : decoded(text);
    }
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'checkbox':
      return nothing;
    default:
      return token.raw;
  }
}

/** Only where a reader can go without harm; anything else stays text. */
function link(address: string, content: readonly Drawn[]): TemplateResult {
  const target = decoded(address);
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url?.protocol === 'mailto:') return html`<a href=${url.href} rel="noopener noreferrer">${content}</a>`;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return html`${content}`;
  return html`<a href=${url.href} target="_blank" rel="noopener noreferrer">${content}</a>`;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  zwnj: '\u200c',
  zwj: '\u200d',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  laquo: '«',
  raquo: '»',
  copy: '©',
  reg: '®',
  deg: '°',
  times: '×',
  rarr: '→',
  larr: '←',
};

/** The lexer leaves character references as they are written; the usual ones are read here, once. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w{2,8}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name as string] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
  });
}
