import { existsSync } from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT } from '../setup/paths.mjs';
import { hostTestFiles } from './hostTestFiles.mjs';
import { treeShakenYaml, withoutJsonSchemas } from './leaner.mjs';
import { oneLanguage } from './oneLanguage.mjs';

/**
 * @typedef {object} Bundle
 * @property {string} name
 * @property {import('esbuild').BuildOptions} options
 * @property {boolean} [executable]
 */

/** Pages of the panel: `src/webview/NAME.ts` with, beside it, `NAME.css` and `NAME.html`. */
const PAGES = ['panel', 'controlPanel', 'patterns'];

/** Where the bundle of the tests inside VS Code goes. */
export const HOST_TESTS = path.join(CACHE, 'host-tests', 'index.js');

/** What no bundle needs of its dependencies. */
const LEANER = [oneLanguage, treeShakenYaml, withoutJsonSchemas];

/** @type {import('esbuild').BuildOptions} */
const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  metafile: true,
  write: false,
  logLevel: 'warning',
  legalComments: 'none',
  sourcemap: 'linked',
  plugins: LEANER,
  loader: { '.yaml': 'text', '.html': 'text', '.ttf': 'file' },
};

/** @type {import('esbuild').BuildOptions} */
const NODE = {
  ...COMMON,
  platform: 'node',
  format: 'cjs',
  minify: true,
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
};

/** What dependencies that are no ES modules expect to be there. */
const REQUIRE = [
  'import { createRequire as makeRequire } from "node:module";',
  'const require = makeRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;',
].join('');

/** Every bundle whose source exists. @returns {Bundle[]} */
export function productBundles() {
  /** @type {Bundle[]} */
  const bundles = [
    {
      // ES modules: what is imported on demand becomes a file of its own, and what several files need is in one that
      // they share, so that no class exists twice. All are side by side: better-sqlite3 looks for its native file from there.
      name: 'extension',
      options: {
        ...COMMON,
        entryPoints: ['src/extension.ts'],
        outdir: 'dist',
        outExtension: { '.js': '.mjs' },
        chunkNames: '[name]-[hash]',
        platform: 'node',
        format: 'esm',
        splitting: true,
        target: 'node22',
        minify: true,
        external: ['vscode'],
        // VS Code warns, with a stack, whenever something in its extension host looks whether there is a navigator.
        define: { navigator: 'undefined' },
        banner: { js: REQUIRE },
      },
    },
    {
      // No `external`: an import of vscode anywhere below the command line does not build.
      // The syntax is held to Node 18's, so that an old Node reaches the message that says what it needs.
      name: 'cli',
      executable: true,
      options: {
        ...NODE,
        entryPoints: ['src/cli/main.ts'],
        outfile: 'dist/cli.js',
        target: 'node18',
        banner: { js: `#!/usr/bin/env node\n${NODE.banner?.['js']}` },
      },
    },
    graphLayoutBundle(),
    ...PAGES.flatMap(page => [pageBundle(page, 'ts'), pageBundle(page, 'css'), pageBundle(page, 'html')]),
  ];
  return bundles.filter(({ options }) => existsSync(path.join(ROOT, firstEntry(options))));
}

/** What lays out graphs, which the panel loads when the first graph is drawn. @returns {Bundle} */
function graphLayoutBundle() {
  return {
    name: 'webview/graphLayout',
    options: {
      ...COMMON,
      entryPoints: ['src/webview/chain/graphLayout.ts'],
      outfile: 'dist/webview/graphLayout.js',
      platform: 'browser',
      format: 'esm',
      target: 'chrome120',
      minify: true,
    },
  };
}

/** @param {string} page @param {'ts' | 'css' | 'html'} extension @returns {Bundle} */
function pageBundle(page, extension) {
  const file = `${page}.${extension}`;
  return {
    name: `webview/${file}`,
    options: {
      ...COMMON,
      entryPoints: [`src/webview/${file}`],
      outdir: 'dist/webview',
      assetNames: '[name]',
      // The extension reads the page from its file and fills in its tokens.
      loader: { ...COMMON.loader, '.html': 'copy' },
      platform: 'browser',
      format: 'iife',
      target: 'chrome120',
      minify: true,
    },
  };
}

/** The tests that run inside VS Code, in one bundle that loads each file when its turn comes. @returns {Bundle} */
export function hostTestsBundle() {
  return {
    name: 'host tests',
    options: {
      ...NODE,
      entryPoints: ['test/host/index.ts'],
      outfile: HOST_TESTS,
      target: 'node22',
      external: ['vscode', 'mocha', 'better-sqlite3'],
      minify: false,
      plugins: [...LEANER, hostTestFiles()],
    },
  };
}

/** @param {import('esbuild').BuildOptions} options */
function firstEntry(options) {
  return String(/** @type {string[]} */ (options.entryPoints)[0]);
}
