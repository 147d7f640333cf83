/** Where the desk of this Storybook is; a static one has none. */
declare module 'virtual:callweave-live' {
  const live: { readonly url: string; readonly line: string } | undefined;
  export default live;
}
