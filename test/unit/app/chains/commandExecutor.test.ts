import { describe, expect, it } from 'vitest';
import { CommandExecutor } from '../../../../src/app/chains/commandExecutor.ts';
import { PromptExecutor } from '../../../../src/app/chains/promptExecutor.ts';
import type { StartTask } from '../../../../src/app/panelServices.ts';
import { temporaryFolder } from '../../core/profiles/temporaryFolder.ts';

/** What the task of a command is started with when a chain runs that command as a step. */
async function startedBy(change: { readonly mcp?: string; readonly requiresSnapshot: boolean }): Promise<StartTask[]> {
  const { mcp, requiresSnapshot } = change;
  const started: StartTask[] = [];
  const log = { tasks: { get: () => undefined }, chains: { get: () => undefined } };
  const prompts = new PromptExecutor({
    log,
    newId: () => 'task',
    start: (input: StartTask) => {
      started.push(input);
      return Promise.resolve({ kind: 'needsApproval', approvalId: 'a1' });
    },
  } as never);
  const command = {
    name: 'inner',
    fullName: 'project:inner',
    title: 'Inner',
    inputs: [],
    limits: {},
    requiresSnapshot,
    body: { kind: 'prompt', prompt: 'Say hello', ...(mcp === undefined ? {} : { mcp }) },
  };
  const commands = { find: () => Promise.resolve({ command }), requestApproval: () => undefined };
  const executor = new CommandExecutor({ log, commands, prompts, environment: {} } as never);
  const run = {
    id: 'chain',
    cwd: temporaryFolder(),
    command: { title: 'Outer', fullName: 'project:outer', namespace: 'project' },
    unattended: 'deny',
  };
  const { signal } = new AbortController();
  await executor.execute({
    run,
    step: { id: 'step', command: 'inner' },
    scope: { inputs: {}, inputsFrom: 'elsewhere', steps: {}, workspace: { folder: run.cwd } },
    pursued: {},
    limits: {},
    signal,
    closing: signal,
    pursue: () => undefined,
  } as never);
  return started;
}

describe('a prompt command that is a step of a chain', () => {
  it('keeps its own MCP servers, and that it must not run without a snapshot', async () => {
    expect(await startedBy({ mcp: 'docs, tickets', requiresSnapshot: true })).toMatchObject([
      { prompt: 'Say hello', mcpServers: ['docs', 'tickets'], requiresSnapshot: true },
    ]);
  });

  it('asks for no snapshot when it does not say so', async () => {
    const [task] = await startedBy({ requiresSnapshot: false });
    expect(task).not.toHaveProperty('requiresSnapshot');
  });
});
