import type { JsonObject } from '../../base/json.ts';

export type PermissionDestination = 'userSettings' | 'projectSettings' | 'localSettings' | 'session' | 'cliArg';

export interface PermissionRule {
  readonly toolName: string;
  /** What stands in the brackets, such as `npm run *`; the whole tool when absent. */
  readonly ruleContent?: string;
}

/**
 * What Claude Code offers to remember when the answer is yes. Every destination but `session` is written to disk by
 * Claude Code itself, `localSettings` into the user's workspace.
 */
export type PermissionSuggestion =
  | {
      readonly type: 'addRules' | 'replaceRules' | 'removeRules';
      readonly rules: readonly PermissionRule[];
      readonly behavior: 'allow' | 'deny' | 'ask';
      readonly destination: PermissionDestination;
    }
  | { readonly type: 'setMode'; readonly mode: string; readonly destination: PermissionDestination }
  | {
      readonly type: 'addDirectories' | 'removeDirectories';
      readonly directories: readonly string[];
      readonly destination: PermissionDestination;
    };

interface AskedOption {
  readonly label: string;
  readonly description: string;
}

export interface AskedQuestion {
  readonly question: string;
  readonly header: string;
  readonly multiSelect: boolean;
  readonly options: readonly AskedOption[];
}

interface AskedTool {
  readonly requestId: string;
  readonly toolName: string;
  readonly toolUseId: string;
  /** The sub-agent that asks; absent for the main thread. */
  readonly agentId?: string;
  readonly input: JsonObject;
}

/** Something that Claude Code waits for. It waits without end: the host owes an answer to every one. */
export type ClaudeAsk =
  | (AskedTool & {
      readonly kind: 'tool';
      readonly displayName?: string;
      readonly title?: string;
      readonly description?: string;
      readonly suggestions: readonly PermissionSuggestion[];
      /** Why it is asked: text for people, and Claude Code's own word for it (`workingDir`, `safetyCheck`, …). */
      readonly reason?: { readonly text?: string; readonly type?: string };
      readonly blockedPath?: string;
      /** The answer needs a person: no stored grant and no automatic yes may give it. */
      readonly requiresUser: boolean;
      /** Claude Code asks not to offer "always" for this one. */
      readonly onceOnly: boolean;
      readonly mcpServer?: string;
    })
  | (AskedTool & { readonly kind: 'question'; readonly questions: readonly AskedQuestion[] })
  | (AskedTool & { readonly kind: 'plan'; readonly plan: string; readonly planFile?: string })
  | {
      readonly kind: 'elicitation';
      readonly requestId: string;
      readonly server: string;
      readonly message: string;
      readonly title?: string;
      /** JSON Schema of the form; empty when the server only wants a page opened. */
      readonly schema: JsonObject;
      readonly propertyOrder: readonly string[];
      readonly url?: string;
    }
  | {
      readonly kind: 'hook';
      readonly requestId: string;
      readonly callbackId: string;
      readonly event: string;
      readonly toolUseId?: string;
      readonly input: JsonObject;
    };

export type ClaudeAnswer =
  | {
      readonly behavior: 'allow';
      /** Runs instead of what was asked; the model is not told. */
      readonly updatedInput?: JsonObject;
      readonly updatedPermissions?: readonly PermissionSuggestion[];
    }
  /** The model reads the message word for word. */
  | { readonly behavior: 'deny'; readonly message: string; readonly interrupt?: boolean }
  | {
      readonly behavior: 'elicitation';
      readonly action: 'accept' | 'decline' | 'cancel';
      readonly content?: JsonObject;
    }
  | { readonly behavior: 'hook'; readonly output: JsonObject };

/** The same grant, but forgotten with the session: nothing is written to disk. */
export function forSession(suggestion: PermissionSuggestion): PermissionSuggestion {
  return { ...suggestion, destination: 'session' };
}
