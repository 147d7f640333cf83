import { PROBLEMS } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { cs } from './cs.ts';
import { en } from './en.ts';
import { fa } from './fa.ts';

type Node = Record<string, unknown>;

/** `desk.callBar.mute` → kind of value, for every string. */
function shape(node: unknown, path = ''): Map<string, string> {
  if (typeof node !== 'object' || node === null) return new Map([[path, typeof node]]);
  return new Map(
    Object.entries(node as Node).flatMap(([key, value]) => [...shape(value, path ? `${path}.${key}` : key)]),
  );
}

describe('translations', () => {
  const english = shape(en);

  for (const [name, translation] of Object.entries({ fa, cs })) {
    it(`${name} has every string of English, and no other`, () => {
      expect([...shape(translation)].sort()).to.deep.equal([...english].sort());
    });

    it(`${name} leaves nothing in English`, () => {
      const at = (root: unknown, path: string) => path.split('.').reduce((node, key) => (node as Node)[key], root);
      // Words that are the same in both languages.
      const shared = new Set([
        'orders.form.fields.symbol',
        'Symbol',
        'Model',
        'PIN',
        'Chat',
        'PDF',
        'SMS',
        'WhatsApp',
        'toman',
        'koruna',
        'euro',
        'CRM',
        'Video',
        'video',
        'ZarinPal',
        'Zibal',
      ]);
      const same = [...english.keys()].filter((path) => {
        const text = at(en, path);
        return (
          typeof text === 'string' &&
          /[a-z]{3}/i.test(text) &&
          text === at(translation, path) &&
          !shared.has(path) &&
          !shared.has(text)
        );
      });
      expect(same).to.deep.equal([]);
    });
  }

  it('has a sentence for every problem of the contract', () => {
    for (const code of Object.keys(PROBLEMS))
      for (const translation of [en, fa, cs]) expect((translation.problems.desk as Node)[code], code).to.be.a('string');
  });

  it('Persian uses Persian letters, never the Arabic ones', () => {
    for (const path of shape(fa).keys()) {
      const text = path.split('.').reduce((node, key) => (node as Node)[key], fa as unknown);
      const spoken =
        typeof text === 'function' ? String((text as (...values: number[]) => string)(3, 3, 3)) : String(text);
      expect(spoken, path).not.to.match(/[\u064a\u0643]/);
    }
  });
});
