import type { JsonObject } from '../../base/json.ts';
import type { MessagesRequest, RequestBlock } from './messagesRequest.ts';
import { followUpBehind, type PersonText, textSource } from './personText.ts';
import type { AgentKind } from './scenarioModel.ts';

/** What came back from one tool call. */
export interface ToolOutcome {
  readonly name: string;
  readonly input: JsonObject;
  readonly result: string;
  readonly isError: boolean;
}

export interface RoundBefore {
  /** What the tools of the round before gave back. */
  readonly outcomes: readonly ToolOutcome[];
  readonly inPlanMode: boolean;
}

/** Where a conversation stands, read from one request alone, so that a restart of either side changes nothing. */
export interface Conversation {
  /** The last text of the person, or the order to a sub-agent; empty when there is none. */
  readonly prompt: string;
  /** The place of the prompt among the messages; tells equal prompts of one session apart. */
  readonly promptIndex: number;
  readonly isFollowUp: boolean;
  /** What each model round since the prompt had before it, the present one last. */
  readonly rounds: readonly RoundBefore[];
  readonly tools: ReadonlySet<string>;
  readonly agent: AgentKind;
  readonly cwd: string;
  /** The file for the plan, while plan mode asks for one. */
  readonly planFile: string;
}

export function readConversation(request: MessagesRequest, agentId: string | undefined): Conversation {
  const reader = new Reader();
  reader.readProgramText(request.system);
  request.messages.forEach((message, index) => {
    if (message.role === 'assistant') {
      reader.readAssistant(message.blocks);
    } else {
      reader.readIncoming(message.role, message.blocks, index);
    }
  });
  for (const name of request.toolNames) {
    reader.tools.add(name);
  }
  return {
    prompt: reader.prompt,
    promptIndex: reader.promptIndex,
    isFollowUp: reader.isFollowUp,
    rounds: reader.rounds,
    tools: reader.tools,
    agent: agentId !== undefined || isSubAgent(request.system) ? 'sub' : 'main',
    cwd: reader.cwd,
    planFile: reader.planFile,
  };
}

// The last marks are for versions that name neither the agent's id nor its kind.
const SUB_AGENT =
  /cc_is_subagent=true|You are an agent for Claude Code|file search specialist for Claude Code|software architect and planning specialist/;

function isSubAgent(system: string): boolean {
  return SUB_AGENT.test(system);
}

const WORKING_FOLDER = /^\s*-?\s*(?:Primary working directory|Working directory): (.+)$/gm;
const DEFERRED_TOOLS = /^The following deferred tools are now available via ToolSearch.*\n((?:\S+\n?)+)/gm;
const PLAN_FILE = /\bplan (?:at|file(?: already)? exists at):? (.+?\.md)\b/g;
const PLAN_MODE = /^(?:<system-reminder>\s*)?(Plan mode is active|## Exited Plan Mode)/gm;
const NOTIFICATION = /<task-notification>[\s\S]*?<\/task-notification>/g;

class Reader {
  prompt = '';
  promptIndex = -1;
  isFollowUp = false;
  rounds: { outcomes: ToolOutcome[]; inPlanMode: boolean }[] = [{ outcomes: [], inPlanMode: false }];
  cwd = '';
  planFile = '';
  readonly tools = new Set<string>();
  readonly #calls = new Map<string, { name: string; input: JsonObject }>();

  readAssistant(blocks: readonly RequestBlock[]): void {
    for (const block of blocks) {
      if (block.type === 'toolUse') {
        this.#calls.set(block.id, { name: block.name, input: block.input });
      }
    }
    this.rounds.push({ outcomes: [], inPlanMode: this.#isPlanning() });
  }

  readIncoming(role: string, blocks: readonly RequestBlock[], index: number): void {
    for (const block of blocks) {
      if (block.type === 'toolResult') {
        this.#addOutcome(block.id, block.text, block.isError);
        this.#readMeanwhile(block.text, index);
      } else if (block.type === 'text') {
        this.#readText(role, block.text, index);
      }
    }
  }

  readProgramText(text: string): void {
    this.cwd = last(text, WORKING_FOLDER) ?? this.cwd;
    this.planFile = last(text, PLAN_FILE) ?? this.planFile;
    const planMode = last(text, PLAN_MODE);
    if (planMode !== undefined) {
      this.#setPlanning(planMode.startsWith('Plan mode'));
    }
    for (const [, names] of text.matchAll(DEFERRED_TOOLS)) {
      for (const name of names?.trim().split('\n') ?? []) {
        this.tools.add(name);
      }
    }
    // A finished background agent reports here, not in the result of its call.
    for (const [notification] of text.matchAll(NOTIFICATION)) {
      const call = /<tool-use-id>(.*?)<\/tool-use-id>/.exec(notification)?.[1];
      const result = /<result>([\s\S]*?)<\/result>/.exec(notification)?.[1];
      if (call !== undefined && result !== undefined) {
        this.#addOutcome(call, result, false);
      }
    }
  }

  #readText(role: string, text: string, index: number): void {
    const source = textSource(role, text);
    if (source.by === 'program') {
      this.readProgramText(text);
    } else {
      this.#begin(source, index);
    }
  }

  /** An older Claude Code puts what the person sent meanwhile behind the result of a tool. */
  #readMeanwhile(result: string, index: number): void {
    const source = followUpBehind(result);
    if (source !== undefined) {
      this.#begin(source, index);
    }
  }

  #begin({ by, text }: PersonText, index: number): void {
    this.prompt = text;
    this.promptIndex = index;
    this.isFollowUp = by === 'personMeanwhile';
    this.rounds = [{ outcomes: [], inPlanMode: this.#isPlanning() }];
  }

  #addOutcome(id: string, result: string, isError: boolean): void {
    const call = this.#calls.get(id);
    this.rounds.at(-1)?.outcomes.push({ name: call?.name ?? '', input: call?.input ?? {}, result, isError });
  }

  #isPlanning(): boolean {
    return this.rounds.at(-1)?.inPlanMode ?? false;
  }

  #setPlanning(inPlanMode: boolean): void {
    const round = this.rounds.at(-1);
    if (round !== undefined) {
      round.inPlanMode = inPlanMode;
    }
  }
}

function last(text: string, pattern: RegExp): string | undefined {
  return [...text.matchAll(pattern)].at(-1)?.[1]?.trim();
}
