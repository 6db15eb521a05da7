import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { toFailure } from '../base/panelError.ts';
import { visibleText } from '../base/visibleText.ts';
import { type ClaudeVersion, capabilitiesOf, formatVersion } from '../core/claude/claudeVersion.ts';
import { findProgram } from '../core/process/programsOnPath.ts';
import { runTool } from '../core/process/toolRun.ts';
import type { AutonomyFacts } from '../core/profiles/godMode.ts';
import type { InternalFacts } from '../core/profiles/internalProfiles.ts';
import { isSecretName } from '../core/security/secretVariables.ts';
import { godModeHidden, serenaMissing } from './builtInErrors.ts';
import type { PanelSettings } from './panelServices.ts';

interface Parts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly settings: () => PanelSettings;
  /** The version of Claude Code that would be started. */
  readonly claudeVersion: () => Promise<ClaudeVersion>;
  readonly platform?: NodeJS.Platform;
}

const settingsSchema = z.object({ sandbox: z.object({ excludedCommands: z.array(z.string()) }) });
/** What bubblewrap must be able to do, with a program that does nothing. */
export const SANDBOX_PROBE: readonly string[] =
  '--ro-bind / / --dev /dev --unshare-pid --proc /proc --unshare-net -- /bin/sh -c :'.split(' ');
const PROBE_MS = 10_000;
const INSTALL_SANDBOX = 'Install bubblewrap and socat with the package manager of your system to have one.';
/** Where the newest Serena comes from, when only uv is installed. */
const SERENA_SOURCE = 'git+https://github.com/oraios/serena';

/** Looks for what the profiles of the built-in commands need on this machine, when one of them is about to be used. */
export class MachineLook {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What the profile of this name needs to be made; nothing for all others. */
  async factsFor(profile: string | undefined, folder: string): Promise<InternalFacts> {
    switch (profile) {
      case 'serena':
        return { serena: await this.#serena(folder) };
      case 'god':
        return { autonomy: await this.#autonomy(folder) };
      default:
        return {};
    }
  }

  async #serena(folder: string): Promise<NonNullable<InternalFacts['serena']>> {
    const { environment } = this.#parts;
    const given = ['start-mcp-server', '--context', 'ide-assistant', '--project', folder];
    const own = await findProgram('serena', environment);
    if (own !== undefined) {
      return { state: 'found', server: { type: 'stdio', command: own, args: given } };
    }
    const uvx = await findProgram('uvx', environment);
    return uvx === undefined
      ? { state: 'missing', failure: toFailure(serenaMissing()) }
      : {
          state: 'found',
          server: { type: 'stdio', command: uvx, args: ['--from', SERENA_SOURCE, 'serena', ...given] },
        };
  }

  async #autonomy(folder: string): Promise<NonNullable<InternalFacts['autonomy']>> {
    const { settings, environment } = this.#parts;
    const { revealGodMode, revealAuto } = settings();
    if (!revealGodMode) {
      return { state: 'refused', failure: toFailure(godModeHidden()) };
    }
    const secretVariables = Object.keys(environment).filter(isSecretName).sort();
    const home = environment['HOME'] ?? homedir();
    return { state: 'looked', sandbox: await this.#sandbox(folder, home), revealAuto, home, folder, secretVariables };
  }

  async #sandbox(folder: string, home: string): Promise<AutonomyFacts['sandbox']> {
    const { claudeVersion, platform = process.platform } = this.#parts;
    const version = await claudeVersion();
    if (!capabilitiesOf(version).strictSandbox) {
      return missing(`Claude Code ${formatVersion(version)} cannot be made to insist on one. Update it.`);
    }
    const config = this.#parts.environment['CLAUDE_CONFIG_DIR'] ?? join(home, '.claude');
    const excluded = await excludedCommands([config, join(folder, '.claude')]);
    if (excluded.length > 0) {
      return missing(`settings take commands out of it (${excluded.join(', ')}).`);
    }
    switch (platform) {
      case 'linux':
        return this.#bubblewrap();
      case 'darwin':
        return existsSync('/usr/bin/sandbox-exec')
          ? { state: 'there' }
          : missing('/usr/bin/sandbox-exec is not there.');
      default:
        return missing('Claude Code has none for this system. In the Windows Subsystem for Linux it has.');
    }
  }

  /** A container may have the program and yet forbid what it does, so it is tried. */
  async #bubblewrap(): Promise<AutonomyFacts['sandbox']> {
    const { environment } = this.#parts;
    const [bubblewrap, socat] = await Promise.all(['bwrap', 'socat'].map(name => findProgram(name, environment)));
    if (bubblewrap === undefined || socat === undefined) {
      return missing(`${bubblewrap === undefined ? 'bubblewrap' : 'socat'} is not installed. ${INSTALL_SANDBOX}`);
    }
    const tried = await runTool(bubblewrap, SANDBOX_PROBE, {
      cwd: tmpdir(),
      environment,
      timeoutMs: PROBE_MS,
      signal: AbortSignal.timeout(2 * PROBE_MS),
    });
    if (tried.state === 'ended' && tried.code === 0) {
      return { state: 'there' };
    }
    const said = tried.state === 'ended' ? (tried.stderr.trim().split('\n')[0] ?? '') : 'it did not answer';
    return missing(`bubblewrap does not work here (${said.slice(0, 200)}).`);
  }
}

/** Claude Code runs these outside of its sandbox, and a rule that lets commands run would let them, too. */
async function excludedCommands(folders: readonly string[]): Promise<readonly string[]> {
  const files = folders.flatMap(folder => ['settings.json', 'settings.local.json'].map(name => join(folder, name)));
  const found = await Promise.all(
    files.map(async file => {
      const text = await readFile(file, 'utf8').catch(() => '');
      try {
        return settingsSchema.safeParse(JSON.parse(text)).data?.sandbox.excludedCommands ?? [];
      } catch {
        return [];
      }
    }),
  );
  return [...new Set(found.flat().map(visibleText))];
}

function missing(why: string): AutonomyFacts['sandbox'] {
  return { state: 'missing', why };
}
