import { expect, it, vi } from 'vitest';
import { TaskCounts } from '../../../../src/vscode/attention/taskCounts.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { memoryServices } from '../support/memoryServices.ts';

it('keeps the last numbers while the file cannot be read, says so once, and reads again', () => {
  const clock = new ManualClock();
  const { services, newTask } = memoryServices(clock);
  const failures: unknown[] = [];
  const counts = new TaskCounts(clock, error => failures.push(error));
  counts.follow(services);
  newTask('Add a health endpoint');
  clock.advance(1000);
  expect(counts.current.queued).toBe(1);

  const broken = new Error('disk I/O error');
  const reading = vi.spyOn(services.log.tasks, 'unfinished').mockImplementation(() => {
    throw broken;
  });
  newTask('Write a test for it');
  clock.advance(60_000);
  expect(counts.current.queued).toBe(1);
  expect(failures).toEqual([broken]);

  reading.mockRestore();
  clock.advance(60_000);
  expect(counts.current.queued).toBe(2);
  counts.dispose();
});
