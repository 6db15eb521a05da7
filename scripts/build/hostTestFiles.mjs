import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../setup/paths.mjs';

const FOLDER = path.join(ROOT, 'test', 'host');

/** The test files that run inside VS Code, relative to test/host, sorted. @returns {string[]} */
export function listHostTestFiles() {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER, { recursive: true })
    .map(String)
    .filter(file => file.endsWith('.test.ts'))
    .map(file => file.replaceAll('\\', '/'))
    .sort();
}

/** Gives `import { hostTestFiles } from 'host-test-files'` its content. @returns {import('esbuild').Plugin} */
export function hostTestFiles() {
  return {
    name: 'host-test-files',
    setup(build) {
      build.onResolve({ filter: /^host-test-files$/ }, () => ({
        path: 'host-test-files',
        namespace: 'host-test-files',
      }));
      build.onLoad({ filter: /.*/, namespace: 'host-test-files' }, () => ({
        resolveDir: FOLDER,
        contents: `export const hostTestFiles = {${listHostTestFiles()
          .map(file => `${JSON.stringify(file)}: () => import(${JSON.stringify(`./${file}`)})`)
          .join(',')}};`,
      }));
    },
  };
}
