/** The names of the environment that this product itself sets for every Claude Code. */
export const TASK_MARKER = 'CLAUDE_PANEL_TASK_ID';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Belong to an outer Claude Code session in which the editor or the command line was started. */
const OUTER_SESSION = new Set([
  'CLAUDECODE',
  'CLAUDE_CODE_ENTRYPOINT',
  'CLAUDE_CODE_SSE_PORT',
  'CLAUDE_CODE_SESSION_ID',
  'CLAUDE_CODE_PARENT_SESSION_ID',
  'CLAUDE_CODE_CHILD_SESSION',
  'CLAUDE_CODE_EXECPATH',
  'CLAUDE_CODE_RESUME_INTERRUPTED_TURN',
  'CLAUDE_CODE_RESUME_REASON',
  'CLAUDE_CODE_AGENT_ID',
  'CLAUDE_CODE_TASK_ID',
  'CLAUDE_AGENT_SDK_VERSION',
  'CLAUDE_PID',
  'CLAUDE_PROJECT_DIR',
  'CLAUDE_ENV_FILE',
  'CLAUDE_EFFORT',
]);

/** Belong to the program that hosts this code. Some of them change what a started Node or Electron program is. */
const OUTER_HOST = new Set([
  'NODE_OPTIONS',
  // Says more about a trace; each task has one of its own.
  'TRACESTATE',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'NODE_UNIQUE_ID',
  'NODE_V8_COVERAGE',
  'ELECTRON_RUN_AS_NODE',
  'CHROME_DESKTOP',
  'ORIGINAL_XDG_CURRENT_DESKTOP',
  'GDK_PIXBUF_MODULEDIR',
  'APPLICATION_INSIGHTS_NO_DIAGNOSTIC_CHANNEL',
  'APPLICATIONINSIGHTS_CONFIGURATION_CONTENT',
  'VITEST',
  'VITEST_POOL_ID',
  'VITEST_WORKER_ID',
]);
const OUTER_HOST_PREFIXES = ['VSCODE_', 'ELECTRON_', 'CODE_SERVER_', 'npm_lifecycle_', 'npm_package_'];
/** Programs of the editor that ask for passwords; without the editor's own variables they only fail. */
const ASKPASS = new Set(['GIT_ASKPASS', 'SSH_ASKPASS']);

/**
 * The environment for Claude Code: all that the user set up for it (credentials, proxies, providers, its own
 * `CLAUDE_CODE_…` switches), without what belongs to the programs around it.
 */
export function cleanEnvironment(
  outer: Environment,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const fold = platform === 'win32' ? (name: string): string => name.toUpperCase() : (name: string): string => name;
  const dropsAskpass = Object.keys(outer).some(name => name.startsWith('VSCODE_GIT_ASKPASS'));
  return Object.fromEntries(
    Object.entries(outer).flatMap(([name, value]): [string, string][] => {
      const folded = fold(name);
      const belongsElsewhere =
        OUTER_SESSION.has(folded) ||
        OUTER_HOST.has(folded) ||
        folded === TASK_MARKER ||
        (dropsAskpass && ASKPASS.has(folded)) ||
        OUTER_HOST_PREFIXES.some(prefix => folded.startsWith(fold(prefix)));
      return value === undefined || belongsElsewhere ? [] : [[name, value]];
    }),
  );
}

/**
 * The environment with folders added at the end of PATH. An editor started from the dock has a short PATH, on which a
 * script with `#!/usr/bin/env node` does not find the Node that lies beside it.
 */
export function withFoldersOnPath(
  environment: Readonly<Record<string, string>>,
  folders: readonly string[],
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const separator = platform === 'win32' ? ';' : ':';
  const name = Object.keys(environment).find(key => key.toUpperCase() === 'PATH') ?? 'PATH';
  const present = (environment[name] ?? '').split(separator).filter(folder => folder !== '');
  const missing = folders.filter(folder => !present.includes(folder));
  return { ...environment, [name]: [...present, ...missing].join(separator) };
}
