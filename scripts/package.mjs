// Builds and packs one VSIX a platform: npm run package -- [--all] [--quick] [target …]   (default: this platform)
// --quick packs what is built already, into the one file that the tests and npm start install.
import path from 'node:path';
import process from 'node:process';
import { buildProduct } from './build/buildProduct.mjs';
import { packageVsix, TARGETS, TEST_VSIX, thisTarget } from './build/packageVsix.mjs';
import { BUDGETS, sizeReport } from './build/sizeReport.mjs';
import { main } from './main.mjs';
import { ROOT } from './setup/paths.mjs';
import { setUpNode } from './setup/toolchain.mjs';

const asked = process.argv.slice(2);
const quick = asked.includes('--quick');
const named = asked.filter(argument => !argument.startsWith('--'));
const targets = asked.includes('--all') ? Object.keys(TARGETS) : named.length > 0 ? named : [thisTarget()];

await main(async () => {
  const node = await setUpNode();
  if (!quick) await buildProduct(node, { TARGETS: targets.map(target => TARGETS[target] ?? target).join(',') });
  const sizes = [];
  for (const target of targets) {
    const file = quick ? TEST_VSIX : path.join(ROOT, `claude-control-panel-${target}.vsix`);
    const bytes = await packageVsix(node, target, file);
    sizes.push({ name: path.relative(ROOT, file), bytes, budget: BUDGETS.vsix });
  }
  const { table, over } = sizeReport(sizes);
  console.log(table);
  if (over.length > 0) console.error(`over budget: ${over.join(', ')}`);
  return over.length > 0 ? 1 : 0;
});
