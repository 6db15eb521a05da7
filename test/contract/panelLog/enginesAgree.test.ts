import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Commit, PanelLog } from '../../../src/core/tasks/panelLog.ts';
import type { TaskLogFact } from '../../../src/core/tasks/taskFact.ts';
import { openPanelStore } from '../../../src/store/panelStore.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import { MemoryPanelLog } from '../../fixtures/memory/memoryPanelLog.ts';
import { TEST_KEY } from '../../fixtures/userKey.ts';
import { anyFacts } from '../../unit/core/tasks/anyFact.ts';
import { created } from './sampleFacts.ts';

const START = new Date(2026, 10, 21, 23, 59, 59).getTime();

/** Ids that are the same for both engines. */
function counter(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `event-${count}`;
  };
}

function stateOf(log: PanelLog): unknown {
  return {
    events: log.events({ after: 0, limit: 10_000 }),
    tasks: log.tasks.list(),
    unfinished: log.tasks.unfinished(),
    archived: log.tasks.count({ archived: true }),
    transcripts: ['a', 'b'].map(id => log.tasks.transcript(id, { from: 0, count: 10_000 })),
    pending: log.approvals.pending(),
    ledger: log.approvals.ledger(),
    ofTask: log.approvals.ofTask('task-1'),
    spent: [0, START, START + 1500].map(time => log.tasks.costSince(time).toFixed(6)),
  };
}

it('both engines make the same of any facts', { timeout: 120_000 }, () => {
  const steps = fc.array(fc.record({ subject: fc.constantFrom('a', 'b'), facts: anyFacts, pause: fc.nat(900) }), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(steps, given => {
      const folder = mkdtempSync(join(tmpdir(), 'claude-panel-agree-'));
      const [clock, other] = [new ManualClock(START), new ManualClock(START)];
      const memory = new MemoryPanelLog({ source: '/test', clock, newId: counter() });
      const store = openPanelStore({ folder, source: '/test', clock: other, newId: counter(), userKey: TEST_KEY });
      try {
        const append = (log: PanelLog, subject: string, facts: readonly TaskLogFact[]): Commit =>
          log.append([{ subject, facts }]);
        for (const log of [memory, store.log]) {
          append(log, 'a', [created()]);
        }
        for (const { subject, facts, pause } of given) {
          clock.advance(pause);
          other.advance(pause);
          // What JSON cannot hold is not the same in a file.
          const written = JSON.parse(JSON.stringify(facts)) as TaskLogFact[];
          expect(append(store.log, subject, written)).toEqual(append(memory, subject, written));
        }
        expect(stateOf(store.log)).toEqual(stateOf(memory));
      } finally {
        store.dispose();
        rmSync(folder, { recursive: true });
      }
    }),
    { numRuns: 60 },
  );
});
