import { describe, expect, it } from 'vitest';
import type { Task } from '../../../../src/core/tasks/task.ts';
import { ada, clock, newHost, running, service, settled } from './hostStage.ts';

function createWithServer(): Task {
  const profile = {
    name: 'lab',
    source: 'workspace',
    permissionMode: 'default',
    allowedTools: [],
    disallowedTools: [],
    mcpServers: { lab: { command: 'lab' } },
  } as const;
  return service.create({ prompt: 'Go', cwd: '/ws', profile, limits: {}, rehearsal: false, unattended: 'ask' }, ada);
}

async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    clock.advance(1000);
    await settled();
  }
}

describe('the states of the MCP servers of a task', () => {
  it('are asked for again until none is pending any more', async () => {
    const task = createWithServer();
    await newHost().start();
    const session = await running(task);
    session.servers = [{ name: 'lab', status: 'pending' }];
    session.turn();
    await settled();
    await pass(10);
    session.servers = [{ name: 'lab', status: 'connected', toolCount: 2 }];
    await pass(2);
    expect(service.get(task.id).mcpServers).toEqual(session.servers);
    const looks = session.looksAtServers;
    await pass(10);
    expect(session.looksAtServers).toBe(looks);
  });

  it('are asked for a few times more when one has failed, for what it wrote last', async () => {
    const task = createWithServer();
    await newHost().start();
    const session = await running(task);
    session.servers = [{ name: 'lab', status: 'failed', error: 'Connection closed' }];
    session.turn();
    await settled();
    expect(service.get(task.id).mcpServers).toEqual(session.servers);
    session.servers = [{ name: 'lab', status: 'failed', error: 'Connection closed', lastWords: 'port 80 is taken' }];
    await pass(1);
    expect(service.get(task.id).mcpServers).toEqual(session.servers);
    const looks = session.looksAtServers;
    await pass(10);
    expect(session.looksAtServers).toBe(looks);
  });

  it('are not asked for without end when one has failed without a word', async () => {
    const task = createWithServer();
    await newHost().start();
    const session = await running(task);
    const before = session.looksAtServers;
    session.servers = [{ name: 'lab', status: 'failed', error: 'Connection closed' }];
    session.turn();
    await settled();
    await pass(60);
    expect(session.looksAtServers - before).toBe(4);
  });
});
