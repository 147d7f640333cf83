import { describe, expect, it } from 'vitest';
import { layOut } from './line-layout.ts';

/** Each character as wide as the next, so that a place on paper can be counted. */
const measure = (text: string) => text.length;
/** What stands on paper from left to right; Arabic script as the shaper is given it. */
const onPaper = (text: string, direction: 'ltr' | 'rtl', width = 1000) =>
  layOut(text, direction, width, measure).map(({ chunks }) => chunks.map((chunk) => chunk.text));

describe('line layout', () => {
  it('puts the words of Persian from right to left, and a serial number among them from left to right', () => {
    expect(onPaper('سریال SN-12 است', 'rtl')).toEqual([['است', 'SN-12', 'سریال']]);
    expect(onPaper('name سارا محمدی here', 'ltr')).toEqual([['name', 'محمدی', 'سارا', 'here']]);
  });

  it('gives the shaper the digits of Persian the other way round, since it turns them', () => {
    // On paper: year, month, day from left to right.
    expect(onPaper('۱۴۰۵/۰۹/۰۱', 'rtl')).toEqual([['۵۰۴۱', '/', '۹۰', '/', '۱۰']]);
  });

  it('turns brackets round with their text', () => {
    expect(onPaper('سلام (خوب)', 'rtl').flat()).toContain(')خوب(');
    expect(onPaper('(X200)', 'rtl')).toEqual([['(', 'X200', ')']]);
  });

  it('breaks at spaces, keeps line ends, and cuts what is too wide', () => {
    expect(onPaper('one two three\nfour', 'ltr', 7)).toEqual([['one', 'two'], ['three'], ['four']]);
    expect(onPaper('abcdefghij k', 'ltr', 4)).toEqual([['abcd'], ['efgh'], ['ij', 'k']]);
    expect(onPaper('', 'ltr')).toEqual([[]]);
  });

  it('says how wide a line is, with the spaces between its words alone', () => {
    const [line] = layOut('  one   two  ', 'ltr', 1000, measure);
    expect(line?.chunks.map(({ x }) => x)).toEqual([2, 8]);
    const [broken] = layOut('one two', 'ltr', 4, measure);
    expect(broken?.width).toBe(3);
  });
});
