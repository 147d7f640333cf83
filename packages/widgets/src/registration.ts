/**
 * Registers an element once. A page may load two copies of the widgets (a script tag and a bundle): the first one
 * keeps the name, and the second is no error.
 */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
