import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { isolatedEnvironment } from './isolatedEnvironment.ts';
import { descendantsOf, killSeen, type ProcessInfo, processesIn, processesWithEnvironment } from './processes.ts';
import { projectRoot, required } from './toolchain.ts';
import { waitFor } from './waitFor.ts';
import { writeSettings } from './writeSettings.ts';

const START_MS = 30_000;
const STOP_MS = 5_000;
/** Sets this host's processes apart from another host's of the same test run. */
const MARK = 'CLAUDE_PANEL_TEST_HOST';

export interface VscodeHostOptions {
  /** The folder, or the file of a workspace with several folders, to open; a new empty folder by default. */
  readonly workspace?: string;
  /** How our extension is there: installed from the package as a user would, or not at all. Default: installed. */
  readonly extension?: 'installed' | 'none';
  /** Packages of other extensions to install beside it. */
  readonly otherExtensions?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The user's own key bindings, as they stand in keybindings.json. */
  readonly keyBindings?: readonly Readonly<Record<string, unknown>>[];
  /** Added to the isolated environment; undefined removes a variable. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Default: trusted. `restricted` begins in Restricted Mode, `asks` shows VS Code's question. */
  readonly trust?: 'trusted' | 'restricted' | 'asks';
}

/** One VS Code server with folders of its own. Each page that opens it gets its own extension host. */
export class VscodeHost implements AsyncDisposable {
  /** Everything of this host is in here; removed by `stop`. */
  readonly folder: string;
  readonly workspace: string;
  readonly #options: VscodeHostOptions;
  readonly #mark = randomUUID();
  readonly #program = required('vscodeHost');
  #server: ChildProcess | undefined;
  #port = 0;

  private constructor(options: VscodeHostOptions) {
    // Short, because sockets live below it and their paths have a limit of about 100 characters.
    const base = process.platform === 'darwin' ? '/tmp' : os.tmpdir();
    this.folder = realpathSync(mkdtempSync(path.join(base, 'panel-')));
    this.workspace = options.workspace ?? path.join(this.folder, 'workspace');
    this.#options = options;
  }

  static async start(options: VscodeHostOptions = {}): Promise<VscodeHost> {
    const host = new VscodeHost(options);
    try {
      host.#prepare();
      await host.#listen();
    } catch (error) {
      await host.stop();
      throw error;
    }
    return host;
  }

  /** VS Code's user data: settings, logs, storage of extensions. */
  get dataFolder(): string {
    return path.join(this.folder, 'data');
  }

  get port(): number {
    return this.#port;
  }

  /** The address of a window on a folder, or on a workspace by its file. */
  workbenchUrl(opened = this.workspace): string {
    const kind = isWorkspaceFile(opened) ? 'workspace' : 'folder';
    return `http://127.0.0.1:${this.#port}/?${new URLSearchParams({ [kind]: opened })}`;
  }

  /** Writes the settings anew, with these in place of those that it began with. An open window takes them up by itself. */
  changeSettings(changes: Readonly<Record<string, unknown>>): void {
    const { settings = {}, trust = 'trusted' } = this.#options;
    writeSettings(this.dataFolder, { ...trustSettings[trust], ...settings, ...changes });
  }

  /** One for each open window. */
  extensionHosts(): ProcessInfo[] {
    const pid = this.#server?.pid;
    return pid === undefined
      ? []
      : descendantsOf(pid).filter(({ command }) => command.includes('--type=extensionHost'));
  }

  /** After the last window was closed: the extension hosts leave by themselves and run `deactivate` before. */
  async extensionHostsGone(timeoutMs = 15_000): Promise<void> {
    await waitFor('the extension hosts to leave', () => this.extensionHosts().length === 0, timeoutMs);
  }

  /** Every live process that this host started or that works in its folders, however far it has detached. */
  processes(): ProcessInfo[] {
    const found = [
      ...processesWithEnvironment(MARK, this.#mark),
      ...processesIn(this.folder),
      ...processesIn(isWorkspaceFile(this.workspace) ? path.dirname(this.workspace) : this.workspace),
    ];
    return [...new Map(found.filter(({ pid }) => pid !== process.pid).map(info => [info.pid, info])).values()];
  }

  /** The folder of this run's logs; see `readLog`. */
  get logsFolder(): string {
    const base = path.join(this.dataFolder, 'logs');
    return path.join(base, readdirSync(base).sort().at(-1) ?? '');
  }

  /** The text of every log file whose path ends so, for example `remoteexthost.log` or our channel's `.log`. */
  readLog(ending: string): string {
    if (!existsSync(path.join(this.dataFolder, 'logs'))) return '';
    const files = readdirSync(this.logsFolder, { recursive: true })
      .map(String)
      .filter(file => file.endsWith(ending));
    return files
      .sort()
      .map(file => readFileSync(path.join(this.logsFolder, file), 'utf8'))
      .join('');
  }

  /** Ends the server and everything that it left, and removes the folder unless `CLAUDE_PANEL_KEEP` is set. */
  async stop(): Promise<void> {
    const server = this.#server;
    const seen = this.processes();
    if (server && server.exitCode === null && server.signalCode === null) {
      server.kill('SIGTERM');
      await waitFor('the server to end', () => server.exitCode !== null || server.signalCode !== null, STOP_MS).catch(
        () => server.kill('SIGKILL'),
      );
    }
    killSeen([...seen, ...this.processes()]);
    if (process.env['CLAUDE_PANEL_KEEP']) console.log(`kept: ${this.folder}`);
    else rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #prepare(): void {
    if (!isWorkspaceFile(this.workspace)) mkdirSync(this.workspace, { recursive: true });
    const { extension = 'installed', otherExtensions = [], keyBindings = [] } = this.#options;
    this.changeSettings({});
    writeFileSync(path.join(this.dataFolder, 'User', 'keybindings.json'), JSON.stringify(keyBindings));
    if (extension === 'installed')
      this.#install(path.join(projectRoot, '.cache', 'package', 'claude-control-panel.vsix'));
    for (const other of otherExtensions) this.#install(other);
  }

  #install(vsix: string): void {
    if (!existsSync(vsix))
      throw new Error(`${vsix} is missing: run npm run build and node scripts/package.mjs --quick`);
    const { node, entry } = this.#program;
    execFileSync(node, [entry, ...this.#folders(), '--force', '--install-extension', vsix], {
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async #listen(): Promise<void> {
    const { node, entry } = this.#program;
    const log = path.join(this.folder, 'server.log');
    const descriptor = openSync(log, 'a');
    const flags = [
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-getting-started-override',
      '--disable-proxy',
    ];
    if ((this.#options.trust ?? 'trusted') === 'trusted') flags.push('--disable-workspace-trust');
    const server = spawn(node, [entry, '--auth', 'none', '--bind-addr', '127.0.0.1:0', ...this.#folders(), ...flags], {
      cwd: this.folder,
      env: this.#environment(),
      stdio: ['ignore', descriptor, descriptor],
      detached: true,
    });
    closeSync(descriptor);
    this.#server = server;
    try {
      this.#port = await waitFor('VS Code to listen', () => listeningPort(server, log), START_MS);
      await waitFor(
        'VS Code to answer',
        async () => (await fetch(`http://127.0.0.1:${this.#port}/healthz`)).ok,
        START_MS,
      );
    } catch (cause) {
      throw new Error(`VS Code did not start:\n${readFileSync(log, 'utf8').slice(-4000)}`, { cause });
    }
  }

  #folders(): string[] {
    return ['--user-data-dir', this.dataFolder, '--extensions-dir', path.join(this.folder, 'extensions')];
  }

  #environment(): Record<string, string> {
    const settings = path.join(this.folder, 'xdg');
    const runtime = path.join(this.folder, 'run');
    mkdirSync(runtime, { recursive: true, mode: 0o700 });
    return isolatedEnvironment(this.folder, {
      PATH: [path.dirname(this.#program.node), process.env['PATH'] ?? ''].join(path.delimiter),
      // No gallery: its look-ups fail offline and fill the log.
      EXTENSIONS_GALLERY: '{}',
      XDG_CONFIG_HOME: settings,
      XDG_DATA_HOME: settings,
      XDG_RUNTIME_DIR: runtime,
      [MARK]: this.#mark,
      ...this.#options.environment,
    });
  }
}

const trustSettings = {
  trusted: { 'security.workspace.trust.enabled': false },
  restricted: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
  asks: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'always' },
} as const;

function isWorkspaceFile(opened: string): boolean {
  return opened.endsWith('.code-workspace');
}

function listeningPort(server: ChildProcess, log: string): number | undefined {
  const [, port] = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(readFileSync(log, 'utf8')) ?? [];
  if (port !== undefined) return Number(port);
  if (server.exitCode !== null) throw new Error(`the server ended with exit code ${server.exitCode}`);
  return undefined;
}
