declare module 'oidc-provider/lib/helpers/defaults.js' {
  /** Every option of the library with its default. Its own path, so checked by a test at each upgrade. */
  const defaults: () => Record<string, unknown>;
  export default defaults;
}
