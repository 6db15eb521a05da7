import { describe, expect, it } from 'vitest';
import { findApproval } from '../../../src/cli/answering/findApproval.ts';
import { findByPrefix, findTask } from '../../../src/cli/idPrefix.ts';
import { ADA, PanelFixture, questionAsk } from './panelFixture.ts';

const items = ['abc1', 'abc2', 'abc', 'xyz'].map(id => ({ id }));

describe('findByPrefix', () => {
  it('takes a beginning that fits only one, whatever its case', () => {
    expect(findByPrefix('task', 'X', items)?.id).toBe('xyz');
  });

  it('takes an id that is also the beginning of others', () => {
    expect(findByPrefix('task', 'abc', items)?.id).toBe('abc');
  });

  it('refuses a beginning that fits several, and names them', () => {
    expect(() => findByPrefix('task', 'ab', items)).toThrow(expect.objectContaining({ reason: 'ambiguousId' }));
  });

  it('finds nothing for an empty text', () => {
    expect(findByPrefix('task', '', items)).toBeUndefined();
  });
});

describe('findTask', () => {
  it('says that there is no such task', () => {
    const { log } = new PanelFixture();
    expect(() => findTask(log, 'nope')).toThrow(expect.objectContaining({ reason: 'unknownId' }));
  });
});

describe('findApproval', () => {
  it('finds the only open question of a task', () => {
    const panel = new PanelFixture();
    const task = panel.addTask('Write');
    const { id } = panel.ask(task.id);
    expect(findApproval(panel.log, task.id).id).toBe(id);
    expect(findApproval(panel.log, id.slice(0, 6)).id).toBe(id);
  });

  it('asks for more when a task has several open questions', () => {
    const panel = new PanelFixture();
    const task = panel.addTask('Write');
    panel.ask(task.id);
    panel.ask(task.id, questionAsk(), 'other');
    expect(() => findApproval(panel.log, task.id)).toThrow(expect.objectContaining({ reason: 'ambiguousId' }));
  });

  it('finds one that is settled, so that the person learns how', () => {
    const panel = new PanelFixture();
    const { id } = panel.ask(panel.addTask('Write').id);
    panel.desk.answer(id, { choice: 'deny' }, ADA);
    expect(findApproval(panel.log, id).status.state).toBe('answered');
    expect(findApproval(panel.log, id.slice(0, 10)).status.state).toBe('answered');
  });
});
