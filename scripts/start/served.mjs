import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageVsix, TEST_VSIX, thisTarget } from '../build/packageVsix.mjs';
import { ExpectedFailure } from '../setup/failure.mjs';
import { CACHE, ROOT } from '../setup/paths.mjs';
import { say } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';
import { fingerprint, isInstalled, markInstalled } from '../setup/stamp.mjs';
import { buildOpener } from './buildOpener.mjs';
import { runUntilStopped } from './runUntilStopped.mjs';
import { writeStartSettings } from './settings.mjs';

const FIRST_PORT = 8443;
const START_MS = 60_000;
const FOLDER = path.join(CACHE, 'start', 'served');
const DATA = path.join(FOLDER, 'data');
const EXTENSIONS = path.join(FOLDER, 'extensions');
/** What decides what is installed; see .vscodeignore. */
const SHIPPED = ['package.json', 'dist', 'commands', 'media', 'l10n', '.vscodeignore', 'scripts/start/opener'];

/**
 * Serves VS Code with the panel to a browser on this machine until it is stopped.
 * @param {{node: string, entry: string}} host
 * @param {{workspace: string, claude: string | undefined, environment: NodeJS.ProcessEnv, node: string, port: number | undefined}} options
 */
export async function serve(host, { workspace, claude, environment, node, port: asked }) {
  mkdirSync(EXTENSIONS, { recursive: true });
  writeStartSettings(DATA, claude);
  const settings = path.join(FOLDER, 'xdg');
  const env = {
    ...environment,
    PATH: [path.dirname(host.node), environment['PATH'] ?? ''].join(path.delimiter),
    // No gallery: the panel is all that is shown here, and its look-ups fail offline.
    EXTENSIONS_GALLERY: '{}',
    XDG_CONFIG_HOME: environment['XDG_CONFIG_HOME'],
    XDG_DATA_HOME: environment['XDG_DATA_HOME'],
  };
  await installExtensions(node, host, env);
  const port = asked ?? (await freePort(FIRST_PORT));
  const address = `http://127.0.0.1:${port}/?${new URLSearchParams({ folder: workspace })}`;
  const log = path.join(FOLDER, 'server.log');
  const descriptor = openSync(log, 'w');
  const args = [
    ...[host.entry, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, ...folders()],
    ...['--config', path.join(settings, 'config.yaml')],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
    ...['--disable-getting-started-override', '--disable-proxy'],
  ];
  try {
    return await runUntilStopped(node, host.node, args, env, ['ignore', descriptor, descriptor], async exited => {
      await untilAnswering(address, exited, log);
      say('');
      say(`The panel is ready: ${address}`);
      say('Open this address in a browser on this machine. Ctrl+C here stops everything.');
    });
  } finally {
    closeSync(descriptor);
  }
}

function folders() {
  return ['--user-data-dir', DATA, '--extensions-dir', EXTENSIONS];
}

/**
 * Packs and installs what was built, as a user would install it, when it is not what is installed.
 * @param {string} node @param {{node: string, entry: string}} host @param {NodeJS.ProcessEnv} env
 */
async function installExtensions(node, host, env) {
  const wanted = fingerprint(SHIPPED.flatMap(place => filesIn(path.join(ROOT, place))));
  if (isInstalled(EXTENSIONS, wanted)) return;
  await packageVsix(node, thisTarget(), TEST_VSIX);
  for (const file of [TEST_VSIX, await buildOpener(node)]) {
    const args = [host.entry, ...folders(), '--force', '--install-extension', file];
    await run(host.node, args, { title: `installing ${path.basename(file)}`, env });
  }
  markInstalled(EXTENSIONS, wanted);
}

/** @param {string} place @returns {string[]} the file, or every file below the folder */
function filesIn(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .sort()
    .flatMap(name => filesIn(path.join(place, name)));
}

/** @param {string} address @param {() => boolean} exited @param {string} log */
async function untilAnswering(address, exited, log) {
  const end = performance.now() + START_MS;
  while (!exited() && performance.now() < end) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  const text = existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : '';
  throw new ExpectedFailure(`VS Code could not be served:\n${text}`);
}

/** @param {number} from @returns {Promise<number>} */
async function freePort(from) {
  for (let port = from; port < from + 100; port++) if (await isFree(port)) return port;
  throw new ExpectedFailure(`no free port between ${from} and ${from + 99}; choose one with npm start -- --port N`);
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
