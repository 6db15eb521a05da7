import type { JsonValue } from '../../base/json.ts';
import type {
  ActionStep,
  ApproveStep,
  CommandInput,
  CommandLimits,
  CommandStep,
  PromptStep,
  RunStep,
} from './commandSchema.ts';

export type CommandNamespace = 'global' | 'user' | 'project';

/** One node of a chain's graph: `needs` is filled in, groups of parallel steps are taken apart. */
export type GraphStep = (PromptStep | RunStep | CommandStep | ActionStep | ApproveStep) & {
  readonly needs: readonly string[];
};

export type CommandBody =
  /** `mcp` names servers of the folder, with commas between; a template like the prompt. */
  | { readonly kind: 'prompt'; readonly prompt: string; readonly mcp?: string }
  | {
      readonly kind: 'action';
      readonly action: string;
      readonly with: Readonly<Record<string, string | number | boolean>>;
    }
  | { readonly kind: 'steps'; readonly steps: readonly GraphStep[] };

/** A command of the panel, checked. */
export interface CatalogCommand {
  readonly name: string;
  readonly namespace: CommandNamespace;
  /** `namespace:name`: always this one, whatever shadows it. */
  readonly fullName: string;
  readonly title: string;
  readonly description: string;
  readonly icon?: string;
  readonly inputs: readonly CommandInput[];
  readonly profile?: string;
  readonly limits: CommandLimits;
  readonly requiresSnapshot: boolean;
  readonly body: CommandBody;
  /** The file it stands in, absolute. */
  readonly file: string;
  /** Digest of the file's content: what a person approves once for a workspace's command. */
  readonly fingerprint: string;
  /** The full name of the command that a bare name reaches instead. */
  readonly shadowedBy?: string;
}

/** Something of Claude Code's own that can be run, never edited here. */
export interface ClaudeOwnCommand {
  readonly kind: 'slashCommand' | 'skill' | 'agent';
  readonly name: string;
  readonly description: string;
  readonly source: 'user' | 'project';
  readonly file: string;
}

/** Values of a command's inputs, by name, checked against their types. */
export type InputValues = Readonly<Record<string, JsonValue>>;
