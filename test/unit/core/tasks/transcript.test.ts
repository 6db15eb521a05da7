import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskLogFact } from '../../../../src/core/tasks/taskFact.ts';
import { type TranscriptEntry, transcriptChange } from '../../../../src/core/tasks/transcript.ts';
import {
  ada,
  answered,
  archived,
  created,
  starting,
  stopped,
  succeeded,
  text,
  toolEnded,
  toolStarted,
} from '../../../contract/panelLog/sampleFacts.ts';
import { anyFacts } from './anyFact.ts';

const AT = 1234;

function entryOf(fact: TaskLogFact, eventId = 'event-1'): TranscriptEntry | undefined {
  const change = transcriptChange(fact, eventId, AT);
  return change?.kind === 'add' ? change.entry : undefined;
}

describe('the transcript', () => {
  it('begins with the prompt and shows each later message of a person', () => {
    expect(entryOf(created())).toEqual({
      kind: 'prompt',
      id: 'prompt:prompt-1',
      at: AT,
      text: 'Add a health endpoint and test it',
      by: 'ada, in the panel',
    });
    expect(
      entryOf({ type: 'claude-panel.task.messageDelivered', data: { messageId: 'm', text: 'And lint it', by: ada } }),
    ).toEqual({ kind: 'prompt', id: 'prompt:m', at: AT, text: 'And lint it', by: 'ada, in the panel' });
  });

  it('shows text and thinking under the id of their event', () => {
    expect(entryOf(text('Looking.'))).toEqual({
      kind: 'text',
      id: 'event-1',
      at: AT,
      text: 'Looking.',
      messageId: 'message-1',
    });
    const thinking: TaskLogFact = {
      type: 'claude-panel.task.thinking',
      data: { messageId: 'm', text: 'Hm.', durationMs: 5, parentToolUseId: 'agent' },
    };
    expect(entryOf(thinking)).toMatchObject({ kind: 'thinking', text: 'Hm.', durationMs: 5, parentToolUseId: 'agent' });
  });

  it('starts a tool call once and ends the same entry', () => {
    expect(entryOf(toolStarted('tool-1'))).toEqual({
      kind: 'tool',
      id: 'tool:tool-1',
      at: AT,
      toolUseId: 'tool-1',
      name: 'Bash',
      input: { command: 'npm test' },
      summary: 'npm test',
      status: 'running',
    });
    expect(transcriptChange(toolEnded('tool-1', 'green'), 'event-2', AT)).toEqual({
      kind: 'endTool',
      id: 'tool:tool-1',
      end: { status: 'ok', ended: AT, output: 'green', outputTruncated: false },
    });
  });

  it.each([
    succeeded,
    stopped(),
    { type: 'claude-panel.task.paused', data: { cause: 'person' } },
    { type: 'claude-panel.task.timedOut', data: { minutes: 5 } },
    { type: 'claude-panel.task.overBudget', data: { limit: 'usd', limitValue: 1 } },
    { type: 'claude-panel.task.failed', data: { failure: { family: 'f', reason: 'r', message: 'm' } } },
  ] as const satisfies readonly TaskLogFact[])('closes open calls on $type', fact => {
    expect(transcriptChange(fact, 'event-1', AT)).toEqual({ kind: 'closeOpenTools', at: AT });
  });

  it('has one decision for each approval, whoever answers again', () => {
    expect(entryOf(answered('approval-1', 5), 'event-1')?.id).toBe(entryOf(answered('approval-1', 6), 'event-2')?.id);
    expect(entryOf({ type: 'claude-panel.approval.expired', data: { approvalId: 'approval-1', at: 5 } })).toEqual({
      kind: 'decision',
      id: 'decision:approval-1',
      at: AT,
      approvalId: 'approval-1',
      text: 'Denied, because nobody answered in time.',
    });
  });

  it('shows notices with their remedy, and how a turn ended', () => {
    const notice: TaskLogFact = {
      type: 'claude-panel.task.notice',
      data: { level: 'warning', text: 'An MCP server did not start.', remedy: 'Look at its log.', raw: { a: 1 } },
    };
    expect(entryOf(notice)).toEqual({
      kind: 'notice',
      id: 'event-1',
      at: AT,
      level: 'warning',
      text: 'An MCP server did not start.',
      remedy: 'Look at its log.',
    });
    const turnEnded: TaskLogFact = {
      type: 'claude-panel.task.turnEnded',
      data: {
        outcome: 'failed',
        text: '',
        costUsd: 0.5,
        durationMs: 10,
        turns: 1,
        models: {},
        failure: { family: 'claude', reason: 'refused', message: 'The model refused.' },
      },
    };
    expect(entryOf(turnEnded)).toMatchObject({ kind: 'turnEnd', outcome: 'failed', text: 'The model refused.' });
  });

  it('passes over facts that are not for reading, and over unknown ones', () => {
    expect(transcriptChange(starting(), 'event-1', AT)).toBeUndefined();
    expect(transcriptChange(archived, 'event-1', AT)).toBeUndefined();
    const unknown = { type: 'claude-panel.task.dreamt', data: null } as unknown as TaskLogFact;
    expect(transcriptChange(unknown, 'event-1', AT)).toBeUndefined();
  });

  it('never lets data of a fact change what kind of entry it makes', () => {
    fc.assert(
      fc.property(anyFacts, facts => {
        for (const fact of facts) {
          const plain = transcriptChange(fact, 'event-1', AT);
          const sneaky = {
            ...fact,
            data: { ...fact.data, kind: 'sneaky', id: 'sneaky', at: -1 },
          } as unknown as TaskLogFact;
          const change = transcriptChange(sneaky, 'event-1', AT);
          expect(change?.kind).toBe(plain?.kind);
          if (plain?.kind === 'add' && change?.kind === 'add') {
            const { kind, id, at } = plain.entry;
            expect(change.entry).toMatchObject({ kind, id, at });
          }
        }
      }),
    );
  });
});
