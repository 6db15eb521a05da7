import { type FileChange, isLive, type Task } from './task.ts';
import type { TaskFact } from './taskFact.ts';

type Data<Type extends TaskFact['type']> = Extract<TaskFact, { readonly type: Type }>['data'];

export function withToolStarted(task: Task, data: Data<'claude-panel.task.toolStarted'>): Task {
  const toolCount = task.toolCount + 1;
  const isShown = data.parentToolUseId === undefined && isLive(task.status);
  return isShown ? { ...task, toolCount, activity: data.summary } : { ...task, toolCount };
}

export function withToolEnded(task: Task, data: Data<'claude-panel.task.toolEnded'>): Task {
  return data.outcome === 'ok' && data.change !== undefined
    ? { ...task, files: withChange(task.files, data.change) }
    : task;
}

function withChange(files: readonly FileChange[], change: FileChange): readonly FileChange[] {
  const { path, added, removed, kind } = change;
  const known = files.find(file => file.path === path);
  if (known === undefined) {
    return [...files, { path, added, removed, kind }];
  }
  return files.map(file =>
    file === known ? { ...file, added: file.added + added, removed: file.removed + removed } : file,
  );
}
