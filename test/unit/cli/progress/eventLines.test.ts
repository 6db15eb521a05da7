import { describe, expect, it } from 'vitest';
import { followLog } from '../../../../src/app/following/followLog.ts';
import { EventLines } from '../../../../src/cli/progress/eventLines.ts';
import type { TaskLogFact } from '../../../../src/core/tasks/taskFact.ts';
import { ADA, PanelFixture } from '../panelFixture.ts';

/** The lines that facts of a running task make, each marked with ! when it needs attention. */
function linesOf(steps: readonly (TaskLogFact | number)[]): readonly string[] {
  const panel = new PanelFixture();
  const task = panel.addTask('Do it');
  const after = panel.log.lastSequence();
  for (const step of steps) {
    if (typeof step === 'number') {
      panel.clock.advance(step);
    } else {
      panel.append(task.id, step);
    }
  }
  const lines = new EventLines((_colour, text) => text);
  const seen: string[] = [];
  followLog(panel.log, { after }, event => {
    seen.push(...lines.lines(event).map(({ text, attention }) => (attention ? `! ${text}` : text)));
  }).catchUp();
  return seen;
}

const toolStarted = (toolUseId: string, summary: string, name = 'Bash'): TaskLogFact => ({
  type: 'claude-panel.task.toolStarted',
  data: { toolUseId, name, input: {}, summary },
});

describe('EventLines', () => {
  it('shows a tool call when it starts, and how long it took when it ends', () => {
    const ended: TaskLogFact = {
      type: 'claude-panel.task.toolEnded',
      data: { toolUseId: 'u', outcome: 'ok', output: '', outputTruncated: false },
    };
    expect(linesOf([toolStarted('u', 'npm test'), 1500, ended])).toEqual(['▸ Bash npm test', '✓ Bash npm test  1.5 s']);
  });

  it('shows the first lines of what a failed tool said', () => {
    const ended: TaskLogFact = {
      type: 'claude-panel.task.toolEnded',
      data: { toolUseId: 'u', outcome: 'error', output: '1\n2\n3\n4\n5\n6\n7', outputTruncated: false },
    };
    expect(linesOf([toolStarted('u', 'x'), ended]).slice(1)).toEqual([
      '✗ Bash x  failed  0 ms',
      '    1',
      '    2',
      '    3',
      '    4',
      '    5',
      '    … 2 more lines',
    ]);
  });

  it('counts the lines that an edit changed', () => {
    const change = { path: 'a.ts', added: 3, removed: 1, kind: 'edited', hunks: [], hiddenLines: 0 } as const;
    const ended: TaskLogFact = {
      type: 'claude-panel.task.toolEnded',
      data: { toolUseId: 'u', outcome: 'ok', output: '', outputTruncated: false, change },
    };
    expect(linesOf([toolStarted('u', 'Edit a.ts', 'Edit'), ended])[1]).toBe('✓ Edit a.ts  +3 -1  0 ms');
  });

  it('says the stages of a stop with the time that has passed', () => {
    const stopping = (stage: 'interrupt' | 'kill'): TaskLogFact => ({
      type: 'claude-panel.task.stopping',
      data: { stage, by: ADA },
    });
    expect(linesOf([stopping('interrupt'), 2000, stopping('kill')])).toEqual([
      '! Stopping for ada, in the panel: asking it to stop.',
      '! Stopping after 2.0 s: ending it by force.',
    ]);
  });

  it('tells of a failed MCP server once', () => {
    const changed: TaskLogFact = {
      type: 'claude-panel.task.mcpChanged',
      data: { mcpServers: [{ name: 'github', status: 'failed', error: 'spawn ENOENT' }] },
    };
    expect(linesOf([changed, changed])).toEqual(['! MCP server github: failed. spawn ENOENT']);
  });

  it('makes hidden characters of the agent visible', () => {
    const text: TaskLogFact = { type: 'claude-panel.task.text', data: { messageId: 'm', text: 'a\u001b[2Jb' } };
    expect(linesOf([text])).toEqual(['a⟨U+001B⟩[2Jb']);
  });

  it('says nothing about an event that a newer version wrote', () => {
    const newer = { type: 'claude-panel.task.invented', data: {} } as unknown as TaskLogFact;
    expect(() => linesOf([newer])).not.toThrow();
  });
});
