import { describe, expect, it } from 'vitest';
import { followLog } from '../../../../src/app/following/followLog.ts';
import { ADA, PanelFixture } from '../../cli/panelFixture.ts';

describe('followLog', () => {
  it('tells what is there and what comes, once and in order', () => {
    const panel = new PanelFixture();
    const task = panel.addTask('One');
    const seen: number[] = [];
    const follower = followLog(panel.log, { after: 0 }, event => seen.push(event.seq));
    follower.catchUp();
    panel.startRunning(task.id);
    panel.succeed(task.id);
    follower.catchUp();
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('reads a log that is longer than a page', () => {
    const panel = new PanelFixture();
    const task = panel.addTask('Long');
    for (let index = 0; index < 1200; index += 1) {
      panel.append(task.id, { type: 'claude-panel.task.notice', data: { level: 'info', text: String(index) } });
    }
    const seen: number[] = [];
    followLog(panel.log, { after: 0 }, event => seen.push(event.seq)).catchUp();
    expect(seen).toEqual(Array.from({ length: 1201 }, (_, index) => index + 1));
  });

  it('keeps the order when the listener itself causes an event', () => {
    const panel = new PanelFixture();
    const task = panel.addTask('One');
    const seen: string[] = [];
    followLog(panel.log, { after: 0, subject: task.id }, event => {
      seen.push(event.type);
      if (seen.length === 1) {
        panel.tasks.rename(task.id, 'Other', ADA);
        seen.push('still in the first');
      }
    }).catchUp();
    expect(seen).toEqual(['claude-panel.task.created', 'still in the first', 'claude-panel.task.renamed']);
  });

  it('leaves other subjects out, and ends when it is disposed', () => {
    const panel = new PanelFixture();
    const [one, other] = [panel.addTask('One'), panel.addTask('Other')];
    const seen: string[] = [];
    const follower = followLog(panel.log, { after: 0, subject: one.id }, event => seen.push(event.subject));
    follower.catchUp();
    panel.succeed(other.id);
    follower.dispose();
    panel.succeed(one.id);
    expect(seen).toEqual([one.id]);
  });
});
