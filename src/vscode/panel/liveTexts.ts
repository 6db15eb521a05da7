import type { PanelServices } from '../../app/panelServices.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { LiveUpdate } from '../../core/tasks/liveUpdate.ts';
import type { Commit } from '../../core/tasks/panelLog.ts';
import { isLive } from '../../core/tasks/task.ts';
import type { TranscriptEntry } from '../../core/tasks/transcript.ts';
import type { LivePart } from '../../protocol/toWebview.ts';

/** More than anyone reads while it is written; the whole text comes with the item. In characters. */
const MOST_KEPT = 200_000;

/** What is being written in each task, from the beginning of each block, for a view that comes to it in the middle. */
export class LiveTexts implements Disposable {
  readonly #ofTask = new Map<string, readonly LivePart[]>();
  readonly #ofServices = new DisposableStore();

  follow(services: Pick<PanelServices, 'onLive' | 'log'> | undefined): void {
    this.#ofServices.clear();
    this.#ofTask.clear();
    if (services !== undefined) {
      this.#ofServices.add(services.onLive(update => this.#add(update)));
      this.#ofServices.add(services.log.onDidCommit(commit => this.#end(commit)));
    }
  }

  /** The blocks that are not whole yet, in the order in which they began. */
  of(taskId: string): readonly LivePart[] {
    return this.#ofTask.get(taskId) ?? [];
  }

  dispose(): void {
    this.#ofServices.dispose();
    this.#ofTask.clear();
  }

  #add(update: LiveUpdate): void {
    const parts = this.of(update.taskId);
    if (update.kind === 'discarded') {
      this.#set(
        update.taskId,
        parts.filter(part => part.messageId !== update.messageId),
      );
      return;
    }
    const { taskId, messageId, blockIndex, part: kind, text, toolName } = update;
    const at = parts.findIndex(part => part.messageId === messageId && part.blockIndex === blockIndex);
    const before = parts[at];
    const name = toolName ?? before?.toolName;
    const part: LivePart = {
      messageId,
      blockIndex,
      kind,
      text: shortened((before?.text ?? '') + text),
      ...(name === undefined ? {} : { toolName: name }),
    };
    this.#set(taskId, at < 0 ? [...parts, part] : parts.with(at, part));
  }

  #end({ transcript, tasks }: Commit): void {
    for (const { taskId, entry } of transcript) {
      if (this.#ofTask.has(taskId) && entry.parentToolUseId === undefined) {
        this.#set(taskId, withoutFinished(this.of(taskId), entry));
      }
    }
    for (const { id, status } of tasks) {
      if (!isLive(status)) {
        this.#ofTask.delete(id);
      }
    }
  }

  #set(taskId: string, parts: readonly LivePart[]): void {
    if (parts.length === 0) {
      this.#ofTask.delete(taskId);
    } else {
      this.#ofTask.set(taskId, parts);
    }
  }
}

/** Cut rarely, so that a text that grows by a few characters is not copied each time. */
function shortened(text: string): string {
  return text.length > 2 * MOST_KEPT ? text.slice(-MOST_KEPT) : text;
}

/** The whole entry is in the transcript: the block that it finishes goes. */
function withoutFinished(parts: readonly LivePart[], entry: TranscriptEntry): readonly LivePart[] {
  if (entry.kind === 'turnEnd') {
    return [];
  }
  const at = parts.findIndex(part => finishes(entry, part));
  return at < 0 ? parts : parts.toSpliced(at, 1);
}

function finishes(entry: TranscriptEntry, part: LivePart): boolean {
  switch (entry.kind) {
    case 'text':
    case 'thinking':
      return part.kind === entry.kind && part.messageId === entry.messageId;
    case 'tool':
      return part.kind === 'toolInput' && entry.status === 'running' && part.toolName === entry.name;
    default:
      return false;
  }
}
