import { EXIT } from '../../app/following/exitCode.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import { isFinal, type Task } from '../../core/tasks/task.ts';
import type { TranscriptEntry } from '../../core/tasks/transcript.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import { findWork } from '../idPrefix.ts';
import { withPanel } from '../panelSession.ts';
import { chainRow } from '../progress/chainRow.ts';
import { chainDetail } from '../progress/chainSummary.ts';
import { colourOf, stateWords } from '../progress/stateWords.ts';
import { endDetail } from '../progress/summaryLine.ts';
import { taskRow } from '../progress/taskRow.ts';
import { transcriptLines } from '../progress/transcriptLines.ts';
import type { Paint } from '../terminal/palette.ts';
import { oneLine, plainText } from '../terminal/plainText.ts';
import { formatCount, formatDollars, formatDuration } from '../terminal/quantities.ts';

const PAGE = 200;

/** One task or chain with all that is known about it. */
export const show: CommandAction = (context, given) =>
  withPanel(context, given, { runsTasks: false }, async panel => {
    await panel.start();
    const { terminal } = context;
    const found = findWork(panel.log, given.operand(0) ?? '');
    if (found.kind === 'chain') {
      return showChain(context, panel, found.chain, given.flag('json'));
    }
    const { task } = found;
    const withTranscript = given.flag('transcript');
    if (given.flag('json')) {
      const transcript = withTranscript ? { transcript: [...pages(panel.log.tasks, task.id)] } : {};
      terminal.line(JSON.stringify({ kind: 'task', ...taskRow(task), task, ...transcript }, undefined, 2));
      return EXIT.succeeded;
    }
    for (const line of taskLines(task, terminal.paint)) {
      terminal.line(line);
    }
    if (withTranscript) {
      for (const entry of pages(panel.log.tasks, task.id)) {
        for (const line of transcriptLines(entry, terminal.paint)) {
          terminal.line(line);
        }
      }
    }
    return EXIT.succeeded;
  });

function showChain({ terminal }: CommandContext, panel: PanelServices, chain: ChainRun, json: boolean): number {
  const living = new Set(panel.hosts().map(({ id }) => id));
  const lines = json
    ? [JSON.stringify({ ...chainRow(chain), chain }, undefined, 2)]
    : chainDetail(chain, terminal.paint, living);
  for (const line of lines) {
    terminal.line(line);
  }
  return EXIT.succeeded;
}

function* pages(
  tasks: {
    transcript(id: string, range: { from: number; count: number }): { readonly entries: readonly TranscriptEntry[] };
  },
  id: string,
): Generator<TranscriptEntry> {
  for (let from = 0; ; from += PAGE) {
    const { entries } = tasks.transcript(id, { from, count: PAGE });
    yield* entries;
    if (entries.length < PAGE) {
      return;
    }
  }
}

function taskLines(task: Task, paint: Paint): readonly string[] {
  const { status } = task;
  const field = (name: string, value: string): readonly string[] =>
    value === '' ? [] : [`${paint('dim', name.padEnd(9))} ${value}`];
  const tokens = Object.entries(task.models).map(
    ([model, count]) =>
      `${oneLine(model)} ${formatCount(count.inputTokens + count.cacheReadTokens + count.cacheCreationTokens)} in, ${formatCount(count.outputTokens)} out`,
  );
  return [
    `${paint('bold', oneLine(task.title))}  ${paint('dim', task.id)}`,
    ...field(
      'State',
      `${paint(colourOf(status.state), stateWords(status))}${isFinal(status) ? '' : ` · ${oneLine(task.activity)}`}`,
    ),
    ...endDetail(task).flatMap(line => field('', oneLine(line))),
    ...field('Profile', oneLine(task.profile.name)),
    ...field('Folder', oneLine(task.cwd)),
    ...field('Model', oneLine(task.model ?? '')),
    ...field('Mode', oneLine(task.permissionMode ?? '')),
    ...field('Session', oneLine(task.sessionId ?? '')),
    ...field('Created', new Date(task.created).toLocaleString()),
    ...field('Ended', isFinal(status) ? new Date(status.ended).toLocaleString() : ''),
    ...field('Worked', task.workedMs > 0 ? formatDuration(task.workedMs) : ''),
    ...field('Cost', task.costUsd > 0 ? formatDollars(task.costUsd) : ''),
    ...field('Tokens', tokens.join(' · ')),
    ...field('MCP', task.mcpServers.map(({ name, status: state }) => `${oneLine(name)} ${oneLine(state)}`).join(', ')),
    ...task.pendingApprovals.flatMap(({ id, kind }) => field('Waits', `${kind}: claude-panel approvals ${id}`)),
    ...task.files.flatMap(({ path, added, removed }) =>
      field('File', `${oneLine(path)}  ${paint('green', `+${added}`)} ${paint('red', `-${removed}`)}`),
    ),
    ...task.todos.flatMap(({ content, status: state }) =>
      field('Plan', `${{ pending: '[ ]', inProgress: '[~]', completed: '[x]' }[state]} ${oneLine(content)}`),
    ),
    ...field('Prompt', plainText(task.prompt)),
    ...(status.state === 'succeeded' ? field('Result', plainText(status.result)) : []),
  ];
}
