import type { JsonObject } from '../../base/json.ts';
import type { PermissionSuggestion } from '../claude/claudeAsk.ts';
import type { Actor } from '../events/actor.ts';

export interface Question {
  readonly question: string;
  readonly header: string;
  readonly multiSelect: boolean;
  readonly options: readonly { readonly label: string; readonly description: string }[];
}

/** What is asked, with its whole input. */
export type ApprovalSubject =
  | {
      readonly kind: 'tool';
      readonly toolName: string;
      readonly displayName: string;
      readonly toolUseId: string;
      readonly input: JsonObject;
      readonly mcpServer?: string;
      readonly blockedPath?: string;
      /** Only a person may say yes; absent when a stored or automatic yes will do. */
      readonly requiresUser?: true;
    }
  | {
      readonly kind: 'question';
      readonly toolUseId: string;
      readonly input: JsonObject;
      readonly questions: readonly Question[];
    }
  | { readonly kind: 'plan'; readonly toolUseId: string; readonly input: JsonObject; readonly plan: string }
  | {
      readonly kind: 'elicitation';
      readonly server: string;
      readonly message: string;
      readonly title?: string;
      /** Empty when the server only wants a page opened. */
      readonly schema: JsonObject;
      /** The fields in the order of the server; absent in rows of older versions. */
      readonly propertyOrder?: readonly string[];
      /** The page that the server wants opened. */
      readonly url?: string;
    }
  | {
      readonly kind: 'workspaceContent';
      readonly headline: string;
      readonly files: readonly string[];
      readonly grants: readonly string[];
      readonly content: string;
      readonly fingerprint: string;
    }
  /** A step of a chain: the chain goes on only when a person agrees. */
  | {
      readonly kind: 'gate';
      readonly message: string;
      /** What the author of the chain shows with it, such as the output of an earlier step. Untrusted text. */
      readonly shown?: string;
      readonly chainId: string;
      readonly stepId: string;
    };

export type ChoiceId =
  | 'allowOnce'
  | 'allowTask'
  | 'allowProject'
  | 'deny'
  | 'submitAnswers'
  | 'approvePlan'
  | 'approvePlanAcceptEdits'
  | 'sendBack'
  | 'submitForm'
  | 'declineForm'
  | 'approveContent'
  | 'approveGate';

export interface ApprovalChoice {
  readonly id: ChoiceId;
  readonly label: string;
  readonly grants: boolean;
  /** What Claude Code is told to remember, exactly; nothing when empty. */
  readonly updates: readonly PermissionSuggestion[];
  /** The rule as text, such as `Bash(npm run *)`, and where it is kept. */
  readonly rule?: string;
  readonly savedIn?: string;
}

export interface ApprovalAnswer {
  readonly choice: ChoiceId;
  readonly message?: string;
  readonly updatedInput?: JsonObject;
  readonly answers?: Readonly<Record<string, readonly string[]>>;
  readonly content?: Readonly<Record<string, string | number | boolean>>;
}

type ApprovalStatus =
  | { readonly state: 'pending' }
  | { readonly state: 'answered'; readonly at: number; readonly by: Actor; readonly answer: ApprovalAnswer }
  | { readonly state: 'expired'; readonly at: number }
  | { readonly state: 'withdrawn'; readonly at: number; readonly why: string };

/** Something that waits for a person. A durable row: it survives reloads and is shown by every surface. */
export interface Approval {
  readonly id: string;
  readonly taskId?: string;
  readonly taskTitle: string;
  readonly folder: string;
  /** The sub-agent that asks, when it is not the task's main thread. */
  readonly agent?: string;
  readonly subject: ApprovalSubject;
  /** Recognises the same ask after a session was resumed: kind, tool and input. */
  readonly fingerprint: string;
  readonly why: string;
  /** Claude Code's own word for it (`decision_reason_type`), when it gave one. */
  readonly reasonType?: string;
  readonly blocks: string;
  readonly choices: readonly ApprovalChoice[];
  readonly created: number;
  /** When it is denied by itself. */
  readonly deadline?: number;
  readonly status: ApprovalStatus;
}
