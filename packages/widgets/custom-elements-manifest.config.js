// Class comments are the record of the public API; this turns them into the manifest that editors, docs and
// Storybook read.

/** The analyzer knows customElements.define; ours is defineElement(tag, class), in src/define/. */
function definitions() {
  const tags = new Map();
  return {
    name: 'definitions',
    analyzePhase({ ts, node, moduleDoc }) {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'defineElement') return;
      const [tag, element] = node.arguments;
      if (!tag || !ts.isStringLiteral(tag) || !element) return;
      tags.set(element.getText(), tag.text);
      moduleDoc.exports = [
        ...(moduleDoc.exports ?? []),
        { kind: 'custom-element-definition', name: tag.text, declaration: { name: element.getText() } },
      ];
    },
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of customElementsManifest.modules.flatMap((module) => module.declarations ?? [])) {
        const tag = tags.get(declaration.name);
        if (!tag) continue;
        declaration.tagName = tag;
        declaration.customElement = true;
      }
    },
  };
}

/** The manifest tells what an integrator may use: private and protected members are no part of it. */
function publicOnly() {
  const isPublic = ({ name, privacy, static: isStatic }) =>
    !name.startsWith('#') && privacy !== 'private' && privacy !== 'protected' && !isStatic;
  return {
    name: 'public-only',
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of customElementsManifest.modules.flatMap((module) => module.declarations ?? [])) {
        if (declaration.members) declaration.members = declaration.members.filter(isPublic);
        // The analyzer also guesses at each dispatchEvent, and takes a class's first argument for the event's name.
        if (declaration.events) declaration.events = declaration.events.filter(({ name }) => name?.startsWith('cw-'));
      }
    },
  };
}

export default {
  globs: ['src/**/*.ts'],
  exclude: ['src/**/*.test.ts', 'src/**/*.stories.ts', 'src/testing/**'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [definitions(), publicOnly()],
};
