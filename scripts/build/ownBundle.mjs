/**
 * Leaves a module that is imported on demand out of the bundle: it is the entry of another bundle, beside this one.
 * @param {{module: string, bundle: string}} names the module's file without its folder and ending, and its bundle
 * @returns {import('esbuild').Plugin}
 */
export function ownBundle({ module, bundle }) {
  return {
    name: `own-bundle-${module}`,
    setup(build) {
      build.onResolve({ filter: new RegExp(`/${module}\\.ts$`) }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: bundle, external: true } : undefined,
      );
    },
  };
}
