// Runs a tool of the project with the right Node, whatever Node is installed: node scripts/tool.mjs TOOL [argument …]
// TOOL is a name below or a JavaScript or TypeScript file of this checkout.
import path from 'node:path';
import process from 'node:process';
import { main } from './main.mjs';
import { runAttached } from './runAttached.mjs';
import { packageFile, ROOT } from './setup/paths.mjs';
import { setQuiet } from './setup/progress.mjs';
import { setUpNode } from './setup/toolchain.mjs';
import { TOOLS } from './tools.mjs';

const [name, ...rest] = process.argv.slice(2);
if (!name) {
  console.error(`usage: node scripts/tool.mjs TOOL [argument …]; tools: ${Object.keys(TOOLS).join(', ')}`);
  process.exit(2);
}
setQuiet(true);
await main(async () => {
  const node = await setUpNode();
  const tool = TOOLS[name];
  const file = tool ? packageFile(...tool) : path.resolve(ROOT, name);
  // The sources are modules without saying so in package.json, which VS Code would misread.
  return runAttached(node, ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', file, ...rest], { cwd: ROOT });
});
