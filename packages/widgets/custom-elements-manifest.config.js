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

export default {
  globs: ['src/**/*.ts'],
  exclude: ['src/**/*.test.ts', 'src/**/*.stories.ts', 'src/testing/**'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [definitions()],
};
