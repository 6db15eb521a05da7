/** The oldest Node that the SQLite driver runs on; older ones crash while they load it. */
const LEAST = { major: 22, minor: 12 } as const;

export function isNodeNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > LEAST.major || (major === LEAST.major && minor >= LEAST.minor);
}

/** What to do on a Node that is too old. `program` is the file that was started. */
export function oldNodeMessage(version: string, program: string): string {
  return [
    `claude-panel needs Node ${LEAST.major}.${LEAST.minor} or newer; this is Node ${version}.`,
    'Get a newer one from https://nodejs.org or from your version manager (such as "nvm install 22").',
    'The Node inside VS Code 1.101 or newer does as well. On Linux, for example:',
    `  ELECTRON_RUN_AS_NODE=1 /usr/share/code/code ${program} --help`,
    '',
  ].join('\n');
}
