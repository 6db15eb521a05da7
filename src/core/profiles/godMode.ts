import { PLAIN, type ProfileTemplate } from './builtInProfiles.ts';
import type { ProfileLimits, SandboxSettings } from './launchProfile.ts';

/** What this machine and the user's settings offer to a task that is to work on its own. */
export interface AutonomyFacts {
  readonly state: 'looked';
  readonly sandbox: { readonly state: 'there' } | { readonly state: 'missing'; readonly why: string };
  /** The user's own settings reveal the mode `auto`. */
  readonly revealAuto: boolean;
  /** Names of variables whose values look like keys or tokens. */
  readonly secretVariables: readonly string[];
  /** Absolute. */
  readonly home: string;
  /** The folder that it works in, absolute. */
  readonly folder: string;
}

/** Whoever starts it: a command may set tighter ones. */
export const GOD_LIMITS: ProfileLimits = { usd: 50, turns: 1000, minutes: 480 };

/** Where packages come from. Nothing can be put there without a key, and keys are out of reach. */
const PACKAGE_HOSTS = [
  'registry.npmjs.org',
  'registry.yarnpkg.com',
  'pypi.org',
  'files.pythonhosted.org',
  'index.crates.io',
  'static.crates.io',
  'proxy.golang.org',
  'sum.golang.org',
  'rubygems.org',
  'repo.maven.apache.org',
  'repo.packagist.org',
];

const SECRET_PLACES = [
  '.ssh',
  '.aws',
  '.azure',
  '.gnupg',
  '.kube',
  '.docker',
  '.netrc',
  '.git-credentials',
  '.npmrc',
  '.pypirc',
  '.config/gh',
  '.config/gcloud',
  '.claude/.credentials.json',
  '.claude-panel',
];

/** Held by Claude Code itself in every mode, whatever allows more. */
const NEVER = [
  'Bash(sudo *)',
  'Bash(su *)',
  'Bash(doas *)',
  'Bash(git push --force *)',
  'Bash(git push -f *)',
  'AskUserQuestion',
  'EnterPlanMode',
  'ExitPlanMode',
  'ListAgents',
  'SendMessage',
];

const WEB = ['WebFetch', 'WebSearch'];
/** Commands that run no code of the repository. */
const PLAIN_COMMANDS = [
  'git add *',
  'git commit *',
  'git status *',
  'git diff *',
  'git log *',
  'git show *',
  'mkdir *',
];

/**
 * The profile of god mode and what it grants in words. Permission checks are never skipped: in a sandbox commands need no
 * asking because the sandbox holds them; without one only edits and commands that run no code do not ask. Pure.
 */
export function godTemplate(facts: AutonomyFacts): {
  readonly template: ProfileTemplate;
  readonly notes: readonly string[];
} {
  return facts.sandbox.state === 'there' ? sandboxed(facts) : unboxed(facts, facts.sandbox.why);
}

function sandboxed({ home, folder, secretVariables }: AutonomyFacts): { template: ProfileTemplate; notes: string[] } {
  const sandbox: SandboxSettings = {
    enabled: true,
    failIfUnavailable: true,
    autoAllowBashIfSandboxed: true,
    allowUnsandboxedCommands: false,
    credentials: { envVars: secretVariables.map(name => ({ name, mode: 'deny' as const })) },
    network: { allowedDomains: PACKAGE_HOSTS },
    filesystem: {
      denyRead: SECRET_PLACES.map(place => `${home}/${place}`),
      denyWrite: [`${folder}/.claude-panel`, `${folder}/.claude`],
    },
  };
  return {
    template: {
      ...common(home, folder),
      permissionMode: 'acceptEdits',
      // The sandbox holds each of them, so that no rule has to.
      allowedTools: ['Bash', ...WEB],
      sandbox,
      neverWaits: true,
    },
    notes: [
      'Without asking: creates, changes and deletes any file inside of this folder.',
      'Without asking: runs any command in a sandbox of Claude Code, which can write to this folder and temporary folders only.',
      `Network for commands: package registries only (${PACKAGE_HOSTS.join(', ')}).`,
      'Without asking: searches and reads the web.',
      ...(secretVariables.length === 0 ? [] : [`Hidden from commands: ${secretVariables.join(', ')}.`]),
      `Out of reach: ${SECRET_PLACES.map(place => `~/${place}`).join(', ')}, and .claude and .claude-panel of this folder.`,
      'Never waits for you: whatever else it tries, such as a file outside of this folder or a tool of an MCP server that your own rules do not allow, is denied.',
      'Your deny rules hold.',
    ],
  };
}

function unboxed(
  { home, folder, revealAuto }: AutonomyFacts,
  why: string,
): { template: ProfileTemplate; notes: string[] } {
  const rules = PLAIN_COMMANDS.map(command => `Bash(${command})`);
  return {
    template: {
      ...common(home, folder),
      permissionMode: revealAuto ? 'auto' : 'acceptEdits',
      allowedTools: [...WEB, ...rules],
    },
    notes: [
      `There is no sandbox: ${why}`,
      'Without asking: creates, changes and deletes any file inside of this folder.',
      `Without asking: ${PLAIN_COMMANDS.map(command => command.replace(/ \*$/, '')).join(', ')}; searches and reads the web.`,
      revealAuto
        ? 'Other commands: a classifier of Claude Code decides which run without asking. Nothing confines them.'
        : 'Still asks you: every other command, files outside of this folder, and tools of MCP servers.',
      'Your deny rules hold.',
    ],
  };
}

function common(home: string, folder: string): ProfileTemplate {
  return {
    ...PLAIN,
    description: '',
    effort: 'high',
    usesFolderServers: true,
    disallowedTools: [
      ...NEVER,
      ...SECRET_PLACES.flatMap(place => [`Read(/${home}/${place})`, `Read(/${home}/${place}/**)`]),
      ...['.claude-panel', '.claude'].map(place => `Edit(/${folder}/${place}/**)`),
    ],
  };
}
