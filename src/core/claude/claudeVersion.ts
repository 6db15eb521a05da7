/** A released version of Claude Code, such as `2.1.329`. */
export interface ClaudeVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Older ones speak another protocol. */
export const MINIMUM_VERSION: ClaudeVersion = { major: 2, minor: 0, patch: 0 };

/** Reads the first version in a text, such as the answer to `--version`: `2.1.329 (Claude Code)`. */
export function parseVersion(text: string): ClaudeVersion | undefined {
  const match = /(?<![\d.])(\d+)\.(\d+)\.(\d+)/.exec(text);
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) };
}

export function formatVersion({ major, minor, patch }: ClaudeVersion): string {
  return `${major}.${minor}.${patch}`;
}

/** Below 0 when `a` is the older one, 0 when they are equal. */
export function compareVersions(a: ClaudeVersion, b: ClaudeVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** What a version of Claude Code can do beyond the least that is asked of it. */
export interface ClaudeCapabilities {
  /** `--max-budget-usd` */
  readonly maxBudget: boolean;
  /** `--json-schema` */
  readonly jsonSchema: boolean;
  /** `--effort` */
  readonly effort: boolean;
  /** `--effort xhigh`: an unknown one would end it before it begins. */
  readonly extraHighEffort: boolean;
  /** The end of a session, one message or one background task can be asked for. */
  readonly endSession: boolean;
  readonly cancelMessage: boolean;
  readonly stopTask: boolean;
  /** It says itself when nothing follows any more. Without this, the end of a turn is the best sign. */
  readonly sessionState: boolean;
  readonly contextUsage: boolean;
  /** It can be asked which settings files it does not apply. */
  readonly settingsErrors: boolean;
  /** It says what became of each message. Without this, it can be told to repeat those that it takes up. */
  readonly messageState: boolean;
  /** What a tool did to a file comes with its result. */
  readonly fileChanges: boolean;
  /** A server that failed can be connected again. */
  readonly reconnectServer: boolean;
  /** A session that goes on counts on from what it had cost before. Without this, every process begins at nothing. */
  readonly carriesCost: boolean;
  /** Definitions of MCP servers, which may hold secrets, can be given without the command line. */
  readonly quietMcp: boolean;
  /** Does not start when it was told to use its sandbox and there is none. */
  readonly strictSandbox: boolean;
}

type CapabilityName = keyof ClaudeCapabilities;

/** The first version found to have it: an earlier one may, but is not known to. No lack: it is made up for. */
const SINCE: Readonly<Record<CapabilityName, { readonly version: ClaudeVersion; readonly lack?: string }>> = {
  maxBudget: { version: { major: 2, minor: 0, patch: 28 }, lack: 'a budget is not kept by Claude Code itself' },
  jsonSchema: { version: { major: 2, minor: 0, patch: 45 }, lack: 'results cannot be made to follow a schema' },
  effort: { version: { major: 2, minor: 1, patch: 40 }, lack: 'the effort of a profile has no effect' },
  extraHighEffort: { version: { major: 2, minor: 1, patch: 111 }, lack: 'the effort "xhigh" has no effect' },
  fileChanges: {
    version: { major: 2, minor: 1, patch: 40 },
    lack: 'the files that a task changed are shown only in its review',
  },
  reconnectServer: {
    version: { major: 2, minor: 1, patch: 40 },
    lack: 'an MCP server that failed cannot be connected again',
  },
  endSession: { version: { major: 2, minor: 1, patch: 80 }, lack: 'a session ends only with its process' },
  cancelMessage: { version: { major: 2, minor: 1, patch: 80 }, lack: 'a message that was sent cannot be called back' },
  stopTask: { version: { major: 2, minor: 1, patch: 80 }, lack: 'background agents cannot be stopped one by one' },
  sessionState: {
    version: { major: 2, minor: 1, patch: 100 },
    lack: 'work in the background may go on unseen after a turn has ended',
  },
  contextUsage: { version: { major: 2, minor: 1, patch: 100 }, lack: 'the use of the context window is estimated' },
  settingsErrors: {
    version: { major: 2, minor: 1, patch: 100 },
    lack: 'a task does not tell of mistakes in your settings files, whose rules then do not count',
  },
  messageState: { version: { major: 2, minor: 1, patch: 200 } },
  carriesCost: { version: { major: 2, minor: 1, patch: 277 } },
  quietMcp: {
    version: { major: 2, minor: 1, patch: 329 },
    lack: 'values in the definitions of MCP servers are visible to other programs of this machine',
  },
  strictSandbox: { version: { major: 2, minor: 1, patch: 329 }, lack: 'god mode works without a sandbox' },
};

export function capabilitiesOf(version: ClaudeVersion): ClaudeCapabilities {
  const has = (name: CapabilityName): boolean => compareVersions(version, SINCE[name].version) >= 0;
  return {
    maxBudget: has('maxBudget'),
    jsonSchema: has('jsonSchema'),
    effort: has('effort'),
    extraHighEffort: has('extraHighEffort'),
    endSession: has('endSession'),
    cancelMessage: has('cancelMessage'),
    stopTask: has('stopTask'),
    sessionState: has('sessionState'),
    contextUsage: has('contextUsage'),
    settingsErrors: has('settingsErrors'),
    messageState: has('messageState'),
    fileChanges: has('fileChanges'),
    reconnectServer: has('reconnectServer'),
    carriesCost: has('carriesCost'),
    quietMcp: has('quietMcp'),
    strictSandbox: has('strictSandbox'),
  };
}

/** What is off with this version, as ends of a sentence for people; empty for a new one. */
export function missingIn(version: ClaudeVersion): readonly string[] {
  const missing = Object.values(SINCE).filter(({ version: since }) => compareVersions(version, since) < 0);
  return missing.flatMap(({ lack }) => lack ?? []);
}
