import { beforeEach, describe, expect, it } from 'vitest';
import type { Owner } from '../../../../src/core/tasks/task.ts';
import type { TaskFact } from '../../../../src/core/tasks/taskFact.ts';
import { LiveTexts } from '../../../../src/vscode/panel/liveTexts.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { memoryServices, toolStarted } from '../support/memoryServices.ts';

const owner: Owner = { hostId: 'window', surface: 'VS Code window', pid: 1, machine: 'here' };
const starting: TaskFact = { type: 'claude-panel.task.starting', data: { owner, sessionId: 's', resumes: false } };
const paused: TaskFact = { type: 'claude-panel.task.paused', data: { cause: 'hostLost' } };
const whole = (messageId: string, text: string, more: { parentToolUseId?: string } = {}): TaskFact => ({
  type: 'claude-panel.task.text',
  data: { messageId, text, ...more },
});

describe('LiveTexts', () => {
  let memory: ReturnType<typeof memoryServices>;
  let texts: LiveTexts;
  let id: string;

  beforeEach(() => {
    memory = memoryServices(new ManualClock(1_000_000));
    texts = new LiveTexts();
    texts.follow(memory.services);
    id = memory.newTask('Add a health endpoint').id;
    memory.say(id, starting);
  });

  function write(text: string, blockIndex = 0, messageId = 'm'): void {
    memory.live.fire({ kind: 'part', taskId: id, messageId, blockIndex, part: 'text', text });
  }
  const shown = (): readonly string[] => texts.of(id).map(({ text }) => text);

  it('joins the pieces of each block', () => {
    write('Hel');
    write('lo');
    write('World', 1);
    expect(shown()).toEqual(['Hello', 'World']);
  });

  it('keeps nothing of a block that is in the transcript, and the next one of the same message', () => {
    write('Hello');
    write('Wor', 1);
    memory.say(id, whole('m', 'Hello'));
    expect(shown()).toEqual(['Wor']);
  });

  it('ends the input of a call when the call is in the transcript', () => {
    const input = { kind: 'part', taskId: id, messageId: 'm', blockIndex: 1, part: 'toolInput' } as const;
    memory.live.fire({ ...input, text: '', toolName: 'Bash' });
    memory.live.fire({ ...input, text: '{"command":' });
    expect(texts.of(id)).toMatchObject([{ toolName: 'Bash', text: '{"command":' }]);
    memory.say(id, toolStarted('u1', 'Bash'));
    expect(shown()).toEqual([]);
  });

  it('is not ended by what a sub-agent says', () => {
    write('Hel');
    memory.say(id, whole('m', 'Hello', { parentToolUseId: 'u1' }));
    expect(shown()).toEqual(['Hel']);
  });

  it('takes back what was cut off', () => {
    write('Hel');
    memory.live.fire({ kind: 'discarded', taskId: id, messageId: 'm' });
    expect(shown()).toEqual([]);
  });

  it('keeps nothing of a task that nobody runs', () => {
    write('Hel');
    memory.say(id, paused);
    expect(shown()).toEqual([]);
  });

  it('keeps the end of a text that is longer than anyone reads', () => {
    write('a'.repeat(500_000));
    write('z');
    expect(shown()[0]?.length).toBeLessThanOrEqual(400_000);
    expect(shown()[0]?.endsWith('az')).toBe(true);
  });
});
