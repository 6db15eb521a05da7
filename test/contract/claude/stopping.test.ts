import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/base/ids.ts';
import { isAlive, type ProcessIdentity } from '../../../src/core/process/processIdentity.ts';
import { ProcessFamily, sweep, systemProcesses } from '../../../src/core/process/processTree.ts';
import type { ObservedSession } from '../../fixtures/fake-claude/fakeSession.ts';
import { scripted, useRealClaude, writeStubbornScript } from './realSession.ts';

const real = useRealClaude();
const processes = systemProcesses();

/** Brings Claude Code into the middle of a shell script that does not want to end; resolves with all that it started. */
async function startStubborn(observed: ObservedSession): Promise<readonly ProcessIdentity[]> {
  const script = await writeStubbornScript(real.cwd);
  await observed.session.start();
  observed.session.send(
    scripted(`- tool: { name: Bash, input: { command: "bash ${script}", timeout: 600000 } }\n- text: not reached`),
    newUuid(),
  );
  const { requestId } = await observed.untilAsked();
  observed.session.answerAsk(requestId, { behavior: 'allow' });
  return Promise.all(['script', 'nohup', 'setsid'].map(name => processIn(join(real.cwd, `${name}.pid`))));
}

async function processIn(path: string): Promise<ProcessIdentity> {
  for (;;) {
    const text = await readFile(path, 'utf8').catch(() => '');
    const found = text.endsWith('\n') ? await processes.identify(Number(text)) : undefined;
    if (found !== undefined) {
      return found;
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

async function alive(all: readonly ProcessIdentity[]): Promise<number> {
  const each = await Promise.all(all.map(one => isAlive(processes, one)));
  return each.filter(Boolean).length;
}

describe.runIf(process.platform === 'linux')('stopping the real Claude Code', { timeout: 60_000 }, () => {
  it('leaves no process of a shell script behind', async () => {
    const observed = real.session();
    const started = await startStubborn(observed);
    expect(await alive(started)).toBe(3);
    const stages: string[] = [];
    expect(await observed.session.stop(stage => stages.push(stage))).toBe(0);
    expect(stages.slice(0, 2)).toEqual(['interrupt', 'terminate']);
    expect(await alive(started)).toBe(0);
    expect(await observed.processesLeft()).toBe(0);
    expect(observed.all('turnEnded')).toMatchObject([{ outcome: { kind: 'interrupted' } }]);
    expect(observed.events.at(-1)?.type).toBe('exited');
  });

  it('leaves nothing behind when it is killed at once', async () => {
    const observed = real.session();
    const started = await startStubborn(observed);
    expect(await observed.session.stop(undefined, 'kill')).toBe(0);
    expect(await alive(started)).toBe(0);
    expect(await observed.processesLeft()).toBe(0);
  });

  it('leaves nothing behind when Claude Code itself is killed from outside', async () => {
    const observed = real.session();
    const started = await startStubborn(observed);
    const claude = (await processes.findByMarker({ name: 'CLAUDE_PANEL_TASK_ID', value: observed.taskId }))[0];
    expect(claude).toBeDefined();
    await processes.kill(claude === undefined ? [] : [claude]);
    await observed.until('exited');
    expect(await observed.session.close()).toBe(0);
    expect(await alive(started)).toBe(0);
    expect(await observed.processesLeft()).toBe(0);
  });

  it('is found and ended by its mark after its host has gone', async () => {
    const observed = real.session();
    const started = await startStubborn(observed);
    const marker = { name: 'CLAUDE_PANEL_TASK_ID', value: observed.taskId };
    expect((await processes.findByMarker(marker)).length).toBeGreaterThanOrEqual(4);
    const { left } = await sweep(new ProcessFamily(processes, undefined, marker), processes);
    expect(left).toEqual([]);
    expect(await alive(started)).toBe(0);
    await observed.until('exited');
  });

  it('takes back a question that is open', async () => {
    const observed = real.session();
    await observed.session.start();
    observed.session.send(
      scripted('- tool: { name: Write, input: { file_path: "{{cwd}}/a.txt", content: x } }\n- text: no'),
      newUuid(),
    );
    const { requestId } = await observed.untilAsked();
    expect(await observed.session.stop()).toBe(0);
    expect(observed.withdrawn).toEqual([requestId]);
  });

  it('ends a command in the background when it is closed', async () => {
    const observed = real.session({ launch: { permissionMode: 'acceptEdits' } });
    const script = await writeStubbornScript(real.cwd);
    await observed.session.start();
    observed.session.send(
      scripted(
        `- tool: { name: Bash, input: { command: "bash ${script}", run_in_background: true } }\n- text: It runs.`,
      ),
      newUuid(),
    );
    void observed.untilAsked().then(ask => observed.session.answerAsk(ask.requestId, { behavior: 'allow' }));
    await observed.until('turnEnded');
    const started = await Promise.all(
      ['script', 'nohup', 'setsid'].map(name => processIn(join(real.cwd, `${name}.pid`))),
    );
    expect(observed.all('agentStarted')).toMatchObject([{ kind: 'local_bash', background: true }]);
    expect(await observed.session.close()).toBe(0);
    expect(await alive(started)).toBe(0);
    expect(await observed.processesLeft()).toBe(0);
  });

  it('stops one agent in the background and leaves the session alone', async () => {
    const observed = real.session();
    await observed.session.start();
    observed.session.send(
      scripted(
        '- tool: { name: Bash, input: { command: "for i in 1 2 3 4 5 6 7 8 9; do sleep 100; done", run_in_background: true } }\n- text: It runs.\n- text: It was stopped.',
      ),
      newUuid(),
    );
    void observed.untilAsked().then(ask => observed.session.answerAsk(ask.requestId, { behavior: 'allow' }));
    const { agentId } = await observed.until('agentStarted');
    await observed.until('turnEnded');
    await observed.session.stopAgent(agentId);
    expect(await observed.until('agentEnded')).toMatchObject({ agentId, status: 'stopped' });
  });
});
