// Builds every bundle into dist/: node esbuild.mjs [--watch] [--tests] [--quiet]
import path from 'node:path';
import process from 'node:process';
import * as esbuild from 'esbuild';
import { hostTestsBundle, productBundles } from './scripts/build/bundles.mjs';
import { chosenPrebuilds, copyPrebuilds } from './scripts/build/prebuilds.mjs';
import { BUDGETS, extensionSize, sizeReport } from './scripts/build/sizeReport.mjs';
import { writeOutputs } from './scripts/build/writeOutputs.mjs';
import { ROOT } from './scripts/setup/paths.mjs';

const watching = process.argv.includes('--watch');
const quiet = process.argv.includes('--quiet');
const bundles = process.argv.includes('--tests') ? [hostTestsBundle()] : productBundles();

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
  for (const { options, executable } of bundles) {
    const { outputFiles = [] } = await esbuild.build(options);
    writeOutputs(outputFiles, executable === true);
    for (const file of outputFiles.filter(({ path: name }) => !name.endsWith('.map'))) {
      const name = path.relative(ROOT, file.path).replaceAll('\\', '/');
      sizes.push({ name, bytes: file.contents.byteLength, budget: BUDGETS[name] });
    }
  }
  const extension = extensionSize(sizes);
  if (extension.bytes > 0) sizes.push(extension);
  const { table, over } = sizeReport(sizes);
  if (!quiet) console.log(table);
  if (over.length === 0) return;
  console.error(`over budget: ${over.join(', ')}`);
  process.exitCode = 1;
}

async function watch() {
  copyPrebuilds(chosenPrebuilds());
  for (const { name, options, executable } of bundles) {
    const report = {
      name: 'write-and-report',
      setup(/** @type {import('esbuild').PluginBuild} */ build) {
        build.onStart(() => console.log(`[watch] ${name}: build started`));
        build.onEnd(({ errors, outputFiles = [] }) => {
          if (errors.length === 0) writeOutputs(outputFiles, executable === true);
          console.log(`[watch] ${name}: build finished${errors.length > 0 ? ` with ${errors.length} errors` : ''}`);
        });
      },
    };
    const context = await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), report] });
    await context.watch();
  }
  console.log('[watch] waiting for changes');
}
