import { existsSync } from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT } from '../setup/paths.mjs';
import { hostTestFiles } from './hostTestFiles.mjs';
import { treeShakenYaml, withoutJsonSchemas } from './leaner.mjs';
import { oneLanguage } from './oneLanguage.mjs';
import { ownBundle } from './ownBundle.mjs';

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

/** @type {import('esbuild').BuildOptions} */
const HOST = {
  ...NODE,
  // VS Code warns, with a stack, whenever something in its extension host looks whether there is a navigator.
  define: { ...NODE.define, navigator: 'undefined' },
  target: 'node22',
  // VS Code gives `vscode` only to what is required, not to what is imported.
  supported: { 'dynamic-import': false },
  external: ['vscode'],
};

/** Every bundle whose source exists. @returns {Bundle[]} */
export function productBundles() {
  const bundles = [
    {
      // What VS Code loads to activate the extension; the rest follows when it is needed.
      name: 'extension',
      options: {
        ...HOST,
        entryPoints: ['src/extension.ts'],
        outfile: 'dist/extension.js',
        plugins: [...LEANER, ownBundle({ module: 'openPanel', bundle: './panel.js' })],
      },
    },
    {
      name: 'panel',
      options: {
        ...HOST,
        entryPoints: ['src/vscode/openPanel.ts'],
        outfile: 'dist/panel.js',
        plugins: [...LEANER, ownBundle({ module: 'tarFiles', bundle: './tarFiles.js' })],
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
    {
      // What packs and unpacks backups, which the panel loads with the first one.
      name: 'tarFiles',
      options: { ...HOST, entryPoints: ['src/app/backup/tarFiles.ts'], outfile: 'dist/tarFiles.js' },
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
