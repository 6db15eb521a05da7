import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GrantStore } from '../../../src/core/security/grantStore.ts';
import type { HostRegistry } from '../../../src/core/tasks/hostRegistry.ts';
import type { TaskRequest, TaskRequests } from '../../../src/core/tasks/taskRequest.ts';
import { ada } from './sampleFacts.ts';

export interface Registers {
  readonly requests: TaskRequests;
  readonly hosts: HostRegistry;
  readonly grants: GrantStore;
  dispose(): void;
}

/** What every engine behind the smaller ports does. */
export function registersContract(engine: string, open: () => Registers): void {
  let registers: Registers;
  beforeEach(() => {
    registers = open();
  });
  afterEach(() => registers.dispose());

  describe(`requests in ${engine}`, () => {
    const request = (id: string, given: Partial<TaskRequest> = {}): TaskRequest => ({
      id,
      taskId: 'task-1',
      body: { kind: 'stop' },
      by: ada,
      created: 5,
      ...given,
    });

    it('are open until they are settled, oldest first, for the tasks that are asked for', () => {
      const { requests } = registers;
      requests.add(request('b', { created: 6, body: { kind: 'stopAgent', agentId: 'agent-1' } }));
      requests.add(request('a', { created: 5 }));
      requests.add(request('c', { taskId: 'task-2', created: 4 }));
      expect(requests.open(['task-1'])).toEqual([
        request('a'),
        request('b', { created: 6, body: { kind: 'stopAgent', agentId: 'agent-1' } }),
      ]);
      expect(requests.open(['task-1', 'task-2', 'task-3']).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
      expect(requests.open([])).toEqual([]);
      requests.settle('a', 'done');
      requests.settle('c', 'void');
      expect(requests.open(['task-1', 'task-2']).map(({ id }) => id)).toEqual(['b']);
    });

    it('are taken once by their id, also when they are settled already', () => {
      const { requests } = registers;
      requests.add(request('a'));
      requests.add(request('a', { body: { kind: 'pause' } }));
      expect(requests.open(['task-1'])).toEqual([request('a')]);
      requests.settle('a', 'done');
      requests.add(request('a'));
      expect(requests.open(['task-1'])).toEqual([]);
    });

    it('tell of each change, and of nothing else', () => {
      const { requests } = registers;
      let changes = 0;
      const subscription = requests.onDidChange(() => {
        changes += 1;
      });
      requests.add(request('a'));
      requests.add(request('a'));
      expect(changes).toBe(1);
      requests.settle('a', 'done');
      requests.settle('a', 'done');
      requests.settle('unknown', 'void');
      expect(changes).toBe(2);
      subscription.dispose();
      requests.add(request('b'));
      expect(changes).toBe(2);
    });
  });

  describe(`hosts in ${engine}`, () => {
    const host = (id: string, started: number) => ({
      id,
      surface: 'VS Code window',
      process: { pid: 12, started: '3456' },
      machine: 'here',
      started,
      seen: started,
      takesQueued: id === 'host-1',
    });

    it('are listed in the order in which they started, with when they were last seen', () => {
      const { hosts } = registers;
      hosts.add(host('host-2', 20));
      hosts.add(host('host-1', 10));
      hosts.renew('host-1', 99);
      hosts.renew('unknown', 99);
      expect(hosts.list()).toEqual([{ ...host('host-1', 10), seen: 99 }, host('host-2', 20)]);
      hosts.remove('host-1');
      hosts.remove('unknown');
      hosts.add({ ...host('host-2', 20), takesQueued: true });
      expect(hosts.list()).toEqual([{ ...host('host-2', 20), takesQueued: true }]);
    });
  });

  describe(`grants in ${engine}`, () => {
    const grant = (fingerprint: string, at: number) => ({
      fingerprint,
      kind: 'mcpServers',
      headline: 'Start 2 MCP servers',
      by: 'ada, in the panel',
      at,
    });

    it('hold for exactly one content, until they are revoked', () => {
      const { grants } = registers;
      grants.grant({ ...grant('sha256:1', 5), scopePath: '.mcp.json' });
      grants.grant(grant('sha256:2', 6));
      grants.grant({ ...grant('sha256:1', 7), by: 'eve' });
      expect(grants.isGranted('sha256:1')).toBe(true);
      expect(grants.isGranted('sha256:3')).toBe(false);
      expect(grants.list()).toEqual([grant('sha256:2', 6), { ...grant('sha256:1', 5), scopePath: '.mcp.json' }]);
      grants.revoke('sha256:1');
      grants.revoke('unknown');
      expect(grants.isGranted('sha256:1')).toBe(false);
      expect(grants.list()).toEqual([grant('sha256:2', 6)]);
    });
  });
}
