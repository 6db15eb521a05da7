import type { fittingLayout } from './graphLayout.ts';

export type FittingLayout = typeof fittingLayout;

let loading: Promise<FittingLayout> | undefined;

/** Loads the bundle that lays out graphs, once. A load that failed is tried again by the next graph. */
export function loadGraphLayout(): Promise<FittingLayout> {
  loading ??= import(bundleAddress()).then(
    (loaded: { readonly fittingLayout: FittingLayout }) => loaded.fittingLayout,
    error => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** It lies beside the bundle of the panel. */
function bundleAddress(): string {
  const panel = document.querySelector<HTMLScriptElement>('script[src]');
  return new URL('graphLayout.js', panel?.src ?? location.href).href;
}
