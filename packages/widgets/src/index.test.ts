import { expect } from 'chai';
import * as api from './index.ts';

describe('the package', () => {
  it('registers nothing when a class is imported', () => {
    for (const [name, value] of Object.entries(api)) {
      if (typeof value !== 'function' || !(value.prototype instanceof HTMLElement)) continue;
      const tag = name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
      expect(customElements.get(tag) === undefined, tag).to.equal(true);
    }
  });

  it('registers every exported class by define/all, once', async () => {
    await import('./define/all.ts');
    const classes = Object.entries(api).filter(
      ([, value]) => typeof value === 'function' && value.prototype instanceof HTMLElement,
    );
    expect(classes.length).to.be.greaterThan(8);
    for (const [name, value] of classes) {
      const tag = name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
      expect(customElements.get(tag) === (value as unknown), tag).to.equal(true);
    }
  });
});
