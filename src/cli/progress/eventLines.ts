import type { TaskEvent } from '../../app/following/followLog.ts';
import { snapshotsMissing, undoneText } from '../../core/checkpoints/snapshotWords.ts';
import { describeActor } from '../../core/events/actor.ts';
import type { McpServerView } from '../../core/tasks/task.ts';
import type { TaskLogFact } from '../../core/tasks/taskFact.ts';
import type { Colour, Paint } from '../terminal/palette.ts';
import { oneLine, plainText } from '../terminal/plainText.ts';
import { formatDuration } from '../terminal/quantities.ts';
import { failureLines } from './failureText.ts';
import { ToolLines } from './toolLines.ts';

/** A line about a task. `attention` lines matter also to somebody who reads only the events. */
export interface ProgressLine {
  readonly text: string;
  readonly attention: boolean;
}

type Fact<Type extends TaskLogFact['type']> = Extract<TaskLogFact, { readonly type: Type }>;
type Writers = {
  readonly [Type in TaskLogFact['type']]: (data: Fact<Type>['data'], at: number) => readonly ProgressLine[];
};

const STAGES = { interrupt: 'asking it to stop', terminate: 'telling it to end', kill: 'ending it by force' } as const;

/** Turns the events of one task into lines for a person. Remembers what one event alone does not say. */
export class EventLines {
  readonly #paint: Paint;
  readonly #tools: ToolLines;
  readonly #agents = new Map<string, string>();
  readonly #servers = new Map<string, string>();
  #stopStarted: number | undefined;
  #todos = '';
  #version = '';
  /** Whole messages are left out where they were already shown while they were written. */
  readonly #showsText: (messageId: string, text: string) => boolean;

  constructor(paint: Paint, showsText: (messageId: string, text: string) => boolean = () => true) {
    this.#paint = paint;
    this.#tools = new ToolLines(paint);
    this.#showsText = showsText;
  }

  lines(event: TaskEvent): readonly ProgressLine[] {
    const write = this.#writers[event.type] as
      | ((data: TaskEvent['data'], at: number) => readonly ProgressLine[])
      | undefined;
    // An event that a newer version wrote.
    return write === undefined ? [] : write(event.data, Date.parse(event.time));
  }

  readonly #writers: Writers = {
    'claude-panel.task.created': ({ title, profile, cwd }) => [
      note(`${this.#paint('bold', oneLine(title))}  ${this.#paint('dim', oneLine(`${profile.name} · ${cwd}`))}`),
    ],
    'claude-panel.task.starting': ({ resumes }) =>
      this.#dim(resumes ? 'Starting Claude Code, continuing the session' : 'Starting Claude Code'),
    'claude-panel.task.processStarted': () => [],
    'claude-panel.task.ready': () => [],
    'claude-panel.task.turnStarted': ({ model, cliVersion, permissionMode, mcpServers }) => {
      const version = `Claude Code ${cliVersion} · ${model} · mode ${permissionMode}`;
      const isNew = version !== this.#version;
      this.#version = version;
      return [...(isNew ? this.#dim(version) : []), ...this.#serverLines(mcpServers)];
    },
    'claude-panel.task.mcpChanged': ({ mcpServers }) => this.#serverLines(mcpServers),
    'claude-panel.task.permissionModeChanged': ({ mode }) => this.#dim(`The mode is now ${mode}.`),
    'claude-panel.task.text': ({ messageId, text, parentToolUseId, error }) => {
      if (error === undefined && !this.#showsText(messageId, text)) {
        return [];
      }
      const indent = parentToolUseId === undefined ? '' : '    ';
      return text
        .trim()
        .split('\n')
        .map(line => note(indent + this.#paintIf(error === undefined ? undefined : 'red', plainText(line))));
    },
    'claude-panel.task.thinking': ({ durationMs }) =>
      this.#dim(durationMs === undefined ? 'Thought about it.' : `Thought for ${formatDuration(durationMs)}.`),
    'claude-panel.task.toolStarted': (data, at) => this.#tools.started(data, at).map(note),
    'claude-panel.task.toolEnded': (data, at) => this.#tools.ended(data, at).map(note),
    'claude-panel.task.usage': () => [],
    'claude-panel.task.cost': () => [],
    'claude-panel.task.context': () => [],
    'claude-panel.task.todosChanged': ({ todos }) => {
      const done = todos.filter(todo => todo.status === 'completed').length;
      const now = todos.find(todo => todo.status === 'inProgress')?.content ?? '';
      const text = `Plan: ${done} of ${todos.length} done${now === '' ? '' : ` · ${now}`}`;
      const isNew = todos.length > 0 && text !== this.#todos;
      this.#todos = text;
      return isNew ? this.#dim(text) : [];
    },
    'claude-panel.task.agentChanged': ({ agent }) => {
      const before = this.#agents.get(agent.id);
      this.#agents.set(agent.id, agent.status);
      if (before === agent.status) {
        return [];
      }
      const words = agent.status === 'running' ? 'started' : agent.status;
      return this.#dim(`Agent "${agent.description}" ${words}.`);
    },
    'claude-panel.task.notice': ({ level, text, remedy }) => {
      const lines = failureLines({ message: text, remedy });
      return lines.map(line => (level === 'info' ? note(this.#paint('dim', line)) : this.#alert(level, line)));
    },
    'claude-panel.task.retrying': ({ attempt, maxRetries, nextAt, reason }, at) => [
      this.#alert(
        'warning',
        `${oneLine(reason)}. Trying again in ${formatDuration(nextAt - at)} (${attempt} of ${maxRetries}).`,
      ),
    ],
    'claude-panel.task.rateLimited': ({ text, resetsAt }) => [
      this.#alert(
        'warning',
        `${oneLine(text)}${resetsAt === undefined ? '' : ` It ends at ${new Date(resetsAt).toLocaleTimeString()}.`}`,
      ),
    ],
    'claude-panel.task.silent': ({ since }, at) => [
      this.#alert('warning', `Claude Code has said nothing for ${formatDuration(at - since)}.`),
    ],
    'claude-panel.task.heard': () => [],
    'claude-panel.task.rateLimitLifted': () => [],
    'claude-panel.task.messageQueued': ({ message }) => this.#dim(`Message from ${describeActor(message.by)}: queued.`),
    'claude-panel.task.messageEdited': () => this.#dim('A queued message was changed.'),
    'claude-panel.task.messageWithdrawn': () => this.#dim('A queued message was withdrawn.'),
    'claude-panel.task.messageSent': () => [],
    'claude-panel.task.messageDelivered': ({ text, by }) => [
      note(`${this.#paint('bold', '>')} ${plainText(text)}  ${this.#paint('dim', `(${oneLine(describeActor(by))})`)}`),
    ],
    // How a turn failed is told at the end of the task.
    'claude-panel.task.turnEnded': ({ outcome }) =>
      outcome === 'interrupted' ? this.#dim('The turn was interrupted.') : [],
    'claude-panel.task.stopping': ({ stage, by }, at) => {
      const passed = this.#stopStarted === undefined ? '' : ` after ${formatDuration(at - this.#stopStarted)}`;
      const who = passed !== '' || by.surface === 'product' ? passed : ` for ${oneLine(describeActor(by))}`;
      this.#stopStarted ??= at;
      return [this.#alert('warning', `Stopping${who}: ${STAGES[stage] ?? stage}.`)];
    },
    'claude-panel.task.pausing': ({ by }) => this.#dim(`Pausing for ${describeActor(by)}.`),
    'claude-panel.task.paused': ({ by, detail }) => [
      this.#alert(
        'warning',
        `Paused${by === undefined ? '' : ` by ${oneLine(describeActor(by))}`}.${detail === undefined ? '' : ` ${oneLine(detail)}`}`,
      ),
    ],
    'claude-panel.task.continued': ({ by }) => {
      this.#stopStarted = undefined;
      return this.#dim(`Continued by ${describeActor(by)}.`);
    },
    'claude-panel.task.succeeded': () => [],
    'claude-panel.task.failed': () => [],
    'claude-panel.task.stopped': ({ by }) => [this.#alert('warning', `Stopped by ${oneLine(describeActor(by))}.`)],
    'claude-panel.task.timedOut': () => [],
    'claude-panel.task.overBudget': () => [],
    'claude-panel.task.renamed': () => [],
    'claude-panel.task.read': () => [],
    'claude-panel.task.archived': () => this.#dim('Archived.'),
    'claude-panel.task.unarchived': () => this.#dim('Taken out of the archive.'),
    'claude-panel.approval.requested': ({ approval }) => [
      this.#alert('warning', `Needs an answer (${approval.id}): ${oneLine(approval.why)}`),
    ],
    'claude-panel.approval.answered': ({ text, granted }) => [
      note(this.#paint(granted ? 'green' : 'red', `Answered: ${oneLine(text)}`)),
    ],
    'claude-panel.approval.expired': () => [this.#alert('error', 'Denied, because nobody answered in time.')],
    'claude-panel.checkpoint.taken': taken => {
      const missing = snapshotsMissing(taken);
      return missing === undefined
        ? []
        : failureLines({ message: missing.text, remedy: missing.remedy }).map(line => this.#alert('warning', line));
    },
    'claude-panel.checkpoint.undone': undone => this.#dim(undoneText('Undone', undone)),
    'claude-panel.checkpoint.redone': redone => this.#dim(undoneText('Redone', redone)),
    'claude-panel.review.decided': ({ path, decision, by }) =>
      this.#dim(`Review by ${oneLine(by.name)}: ${oneLine(path)} ${DECISIONS[decision]}`),
    'claude-panel.approval.withdrawn': ({ why }) => this.#dim(`The question was taken back. ${why}`),
  };

  #serverLines(servers: readonly McpServerView[]): readonly ProgressLine[] {
    return servers.flatMap(({ name, status, error }) => {
      const isNews = this.#servers.get(name) !== status;
      this.#servers.set(name, status);
      return isNews && status !== 'connected' && status !== 'pending' && status !== 'disabled'
        ? [this.#alert('warning', `MCP server ${oneLine(name)}: ${oneLine(status)}. ${oneLine(error ?? '')}`.trim())]
        : [];
    });
  }

  #dim(text: string): readonly ProgressLine[] {
    return [note(this.#paint('dim', oneLine(text)))];
  }

  #alert(level: 'warning' | 'error', text: string): ProgressLine {
    return { text: this.#paint(level === 'error' ? 'red' : 'yellow', text), attention: true };
  }

  #paintIf(colour: Colour | undefined, text: string): string {
    return colour === undefined ? text : this.#paint(colour, text);
  }
}

function note(text: string): ProgressLine {
  return { text, attention: false };
}

const DECISIONS = { accepted: 'accepted', putBack: 'put back', open: 'is open again' } as const;
