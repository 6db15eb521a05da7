/** The JavaScript file behind each tool: package, then path inside it. @type {Record<string, [string, string]>} */
export const TOOLS = {
  biome: ['@biomejs/biome', 'bin/biome'],
  depcruise: ['dependency-cruiser', 'bin/dependency-cruiser.mjs'],
  tsc: ['typescript', 'bin/tsc'],
  vitest: ['vitest', 'vitest.mjs'],
  vsce: ['@vscode/vsce', 'vsce'],
};
