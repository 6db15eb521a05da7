// Builds every bundle into dist/: node esbuild.mjs [--watch] [--tests] [--quiet]
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import * as esbuild from 'esbuild';
import { hostTestsBundle, productBundles } from './scripts/build/bundles.mjs';
import { TEST_VSIX } from './scripts/build/packageVsix.mjs';
import { chosenPrebuilds, copyPrebuilds } from './scripts/build/prebuilds.mjs';
import { extensionSizes, SIZES_FILE, sizeReport } from './scripts/build/sizeReport.mjs';
import { removeLeftOver, writeOutputs } from './scripts/build/writeOutputs.mjs';
import { ROOT } from './scripts/setup/paths.mjs';

const DIST = path.join(ROOT, 'dist');
const watching = process.argv.includes('--watch');
const quiet = process.argv.includes('--quiet');
const ofTests = process.argv.includes('--tests');
const bundles = ofTests ? [hostTestsBundle()] : productBundles();

// Whatever comes of this build, nobody shall test a package of an earlier one.
if (!ofTests) rmSync(TEST_VSIX, { force: true });

try {
  if (watching) await watch();
  else await buildOnce();
} catch (error) {
  // esbuild has printed what does not build; its stack says nothing about the sources.
  if (!(error instanceof Error && 'errors' in error)) throw error;
  process.exitCode = 1;
}

async function buildOnce() {
  copyPrebuilds(chosenPrebuilds());
  const sizes = [];
  const totals = [];
  const written = [];
  for (const { name, options, executable } of bundles) {
    const { outputFiles = [], metafile } = await esbuild.build(options);
    writeOutputs(outputFiles, executable === true);
    written.push(...outputFiles);
    for (const file of outputFiles.filter(({ path: output }) => !output.endsWith('.map'))) {
      sizes.push({ name: path.relative(ROOT, file.path).replaceAll('\\', '/'), bytes: file.contents.byteLength });
    }
    if (name === 'extension' && metafile) totals.push(...extensionSizes(metafile));
  }
  if (!ofTests) {
    removeLeftOver(DIST, written);
    mkdirSync(path.dirname(SIZES_FILE), { recursive: true });
    writeFileSync(SIZES_FILE, JSON.stringify(totals));
  }
  const { table, over } = sizeReport([...sizes, ...totals]);
  if (!quiet) console.log(table);
  if (over.length === 0) return;
  console.error(`over budget: ${over.join(', ')}. dist/ is up to date; the package for the tests was removed.`);
  process.exitCode = 1;
}

async function watch() {
  copyPrebuilds(chosenPrebuilds());
  const written = new Map();
  for (const { name, options, executable } of bundles) {
    const report = {
      name: 'write-and-report',
      setup(/** @type {import('esbuild').PluginBuild} */ build) {
        build.onStart(() => console.log(`[watch] ${name}: build started`));
        build.onEnd(({ errors, outputFiles = [] }) => {
          if (errors.length === 0) {
            writeOutputs(outputFiles, executable === true);
            written.set(name, outputFiles);
            if (!ofTests && written.size === bundles.length) removeLeftOver(DIST, [...written.values()].flat());
          }
          console.log(`[watch] ${name}: build finished${errors.length > 0 ? ` with ${errors.length} errors` : ''}`);
        });
      },
    };
    const context = await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), report] });
    await context.watch();
  }
  console.log('[watch] waiting for changes');
}
