// The manifest is built, not kept: types must hold before the first build.
declare module '*/custom-elements.json' {
  const manifest: unknown;
  export default manifest;
}
