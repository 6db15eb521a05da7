// Opens the panel on a sample workspace: npm start [-- --fresh] [--served] [--port N]
// In desktop VS Code where `code` can open a window, else in VS Code served to a browser on this machine.
import { parseArgs } from 'node:util';
import { buildWhenStale } from './build/buildProduct.mjs';
import { main } from './main.mjs';
import { ExpectedFailure } from './setup/failure.mjs';
import { say } from './setup/progress.mjs';
import { setUp } from './setup/toolchain.mjs';
import { findDesktop, openDesktop } from './start/desktop.mjs';
import { hostEnvironment } from './start/hostEnvironment.mjs';
import { makeSampleWorkspace, SAMPLE_WORKSPACE } from './start/sampleWorkspace.mjs';
import { serve } from './start/served.mjs';
import { findUsersClaude, hasAccount } from './start/usersClaude.mjs';

const { values: asked } = parseArgs({
  options: { fresh: { type: 'boolean' }, served: { type: 'boolean' }, port: { type: 'string' } },
});

await main(async () => {
  const desktop = asked.served ? undefined : await findDesktop();
  const usersClaude = findUsersClaude();
  const pieces = /** @type {const} */ (['claude', 'vscodeHost']);
  const toolchain = await setUp(pieces.filter(piece => !(piece === 'claude' ? usersClaude : desktop)));
  for (const reason of Object.values(toolchain.unavailable)) throw new ExpectedFailure(reason);
  const claude = usersClaude ?? toolchain.claude;
  await buildWhenStale(toolchain.node, 'dist/extension.mjs');
  await makeSampleWorkspace(asked.fresh === true);

  const account = claude !== undefined && (await hasAccount(claude));
  if (!account) {
    say('No account for Claude Code was found, so tasks run against the rehearsal model: scripted answers, no cost.');
    say('With an account (run `claude` once and log in, or set ANTHROPIC_API_KEY), npm start uses that.');
  }
  const options = {
    workspace: SAMPLE_WORKSPACE,
    claude: usersClaude ? undefined : claude,
    environment: hostEnvironment(account ? {} : { CLAUDE_PANEL_REHEARSAL: '1' }),
    node: toolchain.node,
  };
  if (desktop) return openDesktop(desktop, options);
  if (!toolchain.vscodeHost) throw new ExpectedFailure('VS Code could not be set up');
  return serve(toolchain.vscodeHost, { ...options, port: asked.port ? Number(asked.port) : undefined });
});
