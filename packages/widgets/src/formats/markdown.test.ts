import { expect } from 'chai';
import { html, render } from 'lit';
import { renderMarkdown } from './markdown.ts';

/** What articles must never do to a page, in the spellings that filters have missed elsewhere. */
const HOSTILE = [
  '<script>window.harmed = 1</script>',
  '<img src=x onerror="window.harmed = 1">',
  '<svg/onload=window.harmed=1>',
  '<svg><script>window.harmed=1</script></svg>',
  '<iframe srcdoc="<script>parent.harmed=1</script>"></iframe>',
  '<a href="javascript:window.harmed=1">x</a>',
  '<details open ontoggle=window.harmed=1>',
  '<math><mtext><table><mglyph><style><img src=x onerror=window.harmed=1>',
  '<style>* { display: none }</style>',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example/"><button>x</button></form>',
  '<p style="position:fixed;inset:0">x</p>',
  '[x](javascript:window.harmed=1)',
  '[x](JaVaScRiPt:window.harmed=1)',
  '[x](java\nscript:window.harmed=1)',
  '[x](<java\tscript:window.harmed=1>)',
  '[x](&#106;avascript:window.harmed=1)',
  '[x](&#x6A;avascript&colon;window.harmed=1)',
  '[x](javascript&#58;window.harmed=1)',
  '[x](\u0001javascript:window.harmed=1)',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html,<script>parent.harmed=1</script>)',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](blob:https://vendor.example/1)',
  '[x](file:///etc/passwd)',
  '[x](//evil.example/x)',
  '[x](/relative)',
  '![x](javascript:window.harmed=1)',
  '![x" onerror="window.harmed=1](https://vendor.example/a.png)',
  '![x](data:image/svg+xml,<svg onload=window.harmed=1>)',
  '<javascript:window.harmed=1>',
  '[a]: javascript:window.harmed=1\n\n[a]',
  '[x](https://vendor.example/" onmouseover="window.harmed=1)',
  '[x](https://vendor.example/ "\' onmouseover=\'window.harmed=1")',
  '`<img src=x onerror=window.harmed=1>`',
  '```html\n<script>window.harmed=1</script>\n```',
  '```"><script>window.harmed=1</script>\nx\n```',
  '| <script>window.harmed=1</script> |\n|---|\n| <img src=x onerror=window.harmed=1> |',
  '- [ ] <img src=x onerror=window.harmed=1>',
  '# <img src=x onerror=window.harmed=1>',
  '> <script>window.harmed=1</script>',
  '&lt;script&gt;window.harmed=1&lt;/script&gt;',
  '**<b onclick=window.harmed=1>x**',
  '<!-- --!><img src=x onerror=window.harmed=1> -->',
  '<![CDATA[<img src=x onerror=window.harmed=1>]]>',
];

const ALLOWED = new Set(
  'div h4 h5 h6 p pre code blockquote hr ol ul li table thead tbody tr th td strong em del br a'.split(' '),
);
const ATTRIBUTES = new Set(['dir', 'href', 'target', 'rel', 'scope', 'start', 'tabindex', 'class']);

describe('Markdown', () => {
  let place: HTMLElement;
  const violations: string[] = [];
  const note = (event: SecurityPolicyViolationEvent) => violations.push(`${event.violatedDirective} ${event.sample}`);
  before(() => {
    document.addEventListener('securitypolicyviolation', note);
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content =
      "style-src 'self'; object-src 'none'; img-src 'none'; require-trusted-types-for 'script'; trusted-types lit-html";
    document.head.append(policy);
  });
  after(() => document.removeEventListener('securitypolicyviolation', note));
  beforeEach(() => {
    place = document.createElement('section');
    document.body.append(place);
  });
  afterEach(() => place.remove());

  const draw = (source: string) => {
    render(html`${renderMarkdown(source)}`, place);
    return place;
  };

  it('the strict policy is in force', async () => {
    expect(() => {
      document.createElement('p').innerHTML = '<b>x</b>';
    }).to.throw(TypeError);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(violations.splice(0).join()).to.include('trusted-types');
  });

  for (const [index, source] of HOSTILE.entries())
    it(`harms nothing: ${index + 1}. ${JSON.stringify(source).slice(0, 60)}`, async () => {
      for (const each of [source, `Before ${source} after`, `- ${source}`, `**${source}**`]) {
        draw(each);
        for (const element of place.querySelectorAll('*')) {
          expect(ALLOWED.has(element.localName), element.localName).to.equal(true);
          for (const { name, value } of element.attributes) {
            expect(ATTRIBUTES.has(name), `${name}=${value}`).to.equal(true);
            if (name === 'href') expect(value).to.match(/^(https?:\/\/|mailto:)/);
          }
          if (element.localName === 'a') expect(element.getAttribute('rel')).to.equal('noopener noreferrer');
        }
        for (const link of place.querySelectorAll('a')) expect(link.protocol).to.not.equal('javascript:');
      }
      await new Promise((resolve) => setTimeout(resolve));
      expect((window as { harmed?: unknown }).harmed).to.equal(undefined);
      expect(violations).to.deep.equal([]);
    });

  it('draws what people write', () => {
    draw(
      'Tom & Jerry &amp; &lt;b&gt; &zwnj;« *a* ~~b~~ `<i>` \\*c\\*  \nnext [m](mailto:a@b.example) www.vendor.example',
    );
    expect(place.textContent?.trim().replace(/\s+/g, ' ')).to.equal(
      'Tom & Jerry & <b> \u200c« a b <i> *c*next m www.vendor.example',
    );
    expect([...place.querySelectorAll('a')].map(({ href }) => href)).to.deep.equal([
      'mailto:a@b.example',
      'http://www.vendor.example/',
    ]);
    draw('### سلام\n\nنرم‌افزار **کیف پول**\n\n3. سه\n4. چهار\n\n- [x] done\n- [ ] open');
    expect(place.querySelector('h4')?.textContent).to.equal('سلام');
    expect(place.querySelector('ol')?.start).to.equal(3);
    expect(
      [...place.querySelectorAll('ul li')].map(({ textContent }) => textContent?.trim().replace(/\s+/g, ' ')),
    ).to.deep.equal(['☑ done', '☐ open']);
  });

  it('takes long and strange texts in reasonable time', () => {
    for (const source of [
      '['.repeat(20_000),
      '*'.repeat(20_000),
      '> '.repeat(500),
      '`'.repeat(20_001),
      '|'.repeat(5000),
    ])
      draw(source);
    expect(place.textContent).to.not.equal('');
  });
});
