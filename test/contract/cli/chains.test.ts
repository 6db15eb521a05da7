import { describe, expect, it } from 'vitest';
import { parseLines, useCommandStage } from './commandStage.ts';

const STEPS = `name: greet
title: Greet
description: Says hello.
inputs:
  - { name: who, type: text, default: Ada }
steps:
  - parallel:
      - { id: name, run: [node, -e, 'console.log(process.argv[1])', '\${{ inputs.who }}'] }
      - id: claude
        profile: speed
        prompt: say hello
  - { id: gate, approve: 'Greet \${{ steps.name.output }}?', show: '\${{ steps.claude.output }}' }
  - { id: last, run: [touch, greeted] }
`;

/** What every file of a command begins with. */
function head(name: string): string {
  return `name: ${name}\ntitle: ${name}\ndescription: S\n`;
}

describe('claude-panel exec', { timeout: 90_000 }, () => {
  const stage = useCommandStage();

  /** Written by a stranger, so it is approved first. */
  async function approved(name: string, text: string): Promise<void> {
    stage().write(`.claude-panel/commands/${name}.yaml`, text);
    const refused = await stage().run(['exec', name]);
    expect(refused.code).toBe(3);
    const id = /claude-panel approve (\S+)/.exec(refused.stderr)?.[1] ?? '';
    expect((await stage().run(['approve', id])).code).toBe(0);
  }

  it('shows each step, asks its gate, and ends as the chain does', async () => {
    await approved('greet', STEPS);
    const command = stage().start(['exec', 'greet', '--input', 'who=Grace Hopper'], {
      CLAUDE_PANEL_ANSWER_SECONDS: '60',
    });
    const question = await stage().question();
    expect((await stage().run(['approvals', question])).stdout).toContain('Greet Grace Hopper?');
    expect((await stage().run(['approve', question])).code).toBe(0);
    const { code, stdout } = await command.result;
    expect(code).toBe(0);
    expect(stdout).toMatch(/▸ name[\s\S]*✓ name[\s\S]*▸ gate[\s\S]*✓ gate[\s\S]*✓ last/);
    expect(stdout).toMatch(/Succeeded after .* 4 of 4 steps\. chain \w+/);
    expect(stage().has('greeted')).toBe(true);
    const [chain] = (await stage().json(['list'])).filter(row => row['kind'] === 'chain');
    expect(chain).toMatchObject({ title: 'Greet', state: 'succeeded', command: 'project:greet' });
    const shown = await stage().run(['show', String(chain?.['id']).slice(0, 5)]);
    expect(shown.stdout).toMatch(/Step +name run succeeded/);
    expect((await stage().run(['watch', String(chain?.['id'])])).code).toBe(0);
    await stage().noneLeft();
  });

  it('prints every event of the chain, its tasks and its questions with --json', async () => {
    await approved('greet', STEPS);
    const { code, stdout } = await stage().run(['exec', 'greet', '--json', '--approve', 'deny']);
    expect(code).toBe(3);
    const types = parseLines(stdout).map(event => event.type);
    expect(types[0]).toBe('claude-panel.chain.created');
    expect(types).toContain('claude-panel.task.succeeded');
    expect(types).toContain('claude-panel.approval.answered');
    expect(types.filter(type => type.startsWith('claude-panel.chain.')).at(-1)).toBe('claude-panel.chain.failed');
    expect(stage().has('greeted')).toBe(false);
  });

  it('shows the plan and does nothing of it', async () => {
    stage().write('.claude-panel/commands/greet.yaml', STEPS);
    const { code, stdout } = await stage().run(['exec', 'greet', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain('node -e "console.log(process.argv[1])" Ada');
    expect(stdout).toContain('Greet ${{ steps.name.output }}?');
    const plan = JSON.parse((await stage().run(['exec', 'greet', '--dry-run', '--json'])).stdout);
    expect(plan.steps.map((step: { id: string; stage: number }) => [step.id, step.stage])).toEqual([
      ['name', 1],
      ['claude', 1],
      ['gate', 2],
      ['last', 3],
    ]);
    expect(await stage().json(['list'])).toEqual([]);
  });

  it('stops a chain and everything that its steps run, from another terminal and on Ctrl+C', async () => {
    await approved(
      'sleepy',
      'name: sleepy\ntitle: S\ndescription: S\nsteps:\n  - { id: sleep, run: [./sleeper.sh] }\n',
    );
    const first = stage().start(['exec', 'sleepy']);
    await stage().sleeping();
    const [chain] = await stage().json(['list', '--state', 'running']);
    const stopped = await stage().run(['stop', String(chain?.['id'])]);
    expect([stopped.code, stopped.stdout]).toEqual([0, expect.stringContaining('S: stopped.')]);
    expect((await first.result).code).toBe(130);
    await stage().noneLeft();
    stage().remove('ready.txt');
    const second = stage().start(['exec', 'sleepy']);
    await stage().sleeping();
    second.kill('SIGINT');
    expect((await second.result).code).toBe(130);
    await stage().noneLeft();
  });

  it('stops a chain whose program was killed, and ends what that left running', async () => {
    await approved(
      'sleepy',
      'name: sleepy\ntitle: S\ndescription: S\nsteps:\n  - { id: sleep, run: [./sleeper.sh] }\n  - { id: last, run: [touch, went-on] }\n',
    );
    const killed = stage().start(['exec', 'sleepy']);
    await stage().sleeping();
    killed.kill('SIGKILL');
    await killed.result;
    const [chain] = await stage().json(['list', '--state', 'running']);
    const stopped = await stage().run(['stop', String(chain?.['id'])]);
    expect([stopped.code, stopped.stdout]).toEqual([0, expect.stringContaining('S: stopped.')]);
    expect(stage().has('went-on')).toBe(false);
    await stage().noneLeft();
  });

  it('stops what the steps of such a chain had begun elsewhere: a chain, a task and a question', async () => {
    stage().write(
      '.claude-panel/commands/sleepy.yaml',
      `${head('sleepy')}steps:\n  - { id: sleep, run: [./sleeper.sh] }\n`,
    );
    await approved(
      'outer',
      `${head('outer')}steps:
  - parallel:
      - { id: inner, command: sleepy }
      - { id: gate, approve: Sure? }
      - id: think
        profile: speed
        prompt: |
          Think.
          \`\`\`rehearse
          - - delay: 600000
            - text: Too late.
          \`\`\`
`,
    );
    const killed = stage().start(['exec', 'outer'], { CLAUDE_PANEL_ANSWER_SECONDS: '600' });
    await stage().sleeping();
    await stage().question();
    const states = async (kind: string): Promise<unknown> =>
      (await stage().json(['list'])).filter(row => row['kind'] === kind).map(row => row['state']);
    await expect.poll(() => states('task'), { timeout: 30_000 }).toEqual(['running']);
    killed.kill('SIGKILL');
    await killed.result;
    const outer = (await stage().json(['list'])).find(row => row['command'] === 'project:outer');
    const sent = await stage().run(['send', String(outer?.['id']), 'Hello.']);
    expect([sent.code, sent.stderr]).toEqual([2, expect.stringContaining('It is a chain: show, watch and stop')]);
    expect((await stage().run(['stop', String(outer?.['id'])])).code).toBe(0);
    expect(await states('chain')).toEqual(['stopped', 'stopped']);
    expect(await states('task')).toEqual(['stopped']);
    expect(await stage().json(['approvals'])).toEqual([]);
    await stage().noneLeft();
  });

  it('goes on with a chain whose program was killed, and with the chain, the task and the question of its steps', async () => {
    stage().write(
      '.claude-panel/commands/inner.yaml',
      `${head('inner')}steps:\n  - { id: once, run: [node, -e, "require('fs').appendFileSync('once.txt', 'once ')"] }\n  - { id: twice, run: [./sleeper.sh] }\n`,
    );
    await approved(
      'outer',
      `${head('outer')}steps:
  - { id: first, run: [node, -e, "require('fs').appendFileSync('first.txt', 'first ')"] }
  - parallel:
      - { id: nested, command: inner }
      - { id: gate, approve: Sure? }
      - { id: think, profile: speed, prompt: say hello }
  - { id: last, run: [touch, ended] }
`,
    );
    const killed = stage().start(['exec', 'outer'], { CLAUDE_PANEL_ANSWER_SECONDS: '600' });
    await stage().sleeping();
    const question = await stage().question();
    killed.kill('SIGKILL');
    await killed.result;
    const outer = String((await stage().json(['list'])).find(row => row['command'] === 'project:outer')?.['id']);
    expect((await stage().run(['list'])).stdout).toMatch(new RegExp(`${outer} +set aside`));
    const told = await stage().run(['resume', outer, 'Go on.']);
    expect([told.code, told.stderr]).toEqual([2, expect.stringContaining('A chain cannot be told anything')]);
    stage().write('sleeper.sh', '#!/bin/sh\necho slept\n', 0o755);
    const resumed = stage().start(['resume', outer], { CLAUDE_PANEL_ANSWER_SECONDS: '600' });
    expect((await stage().run(['approve', question])).code).toBe(0);
    const { code, stdout } = await resumed.result;
    expect([code, stdout]).toEqual([0, expect.stringMatching(/Succeeded .* 5 of 5 steps\. chain/)]);
    expect(stage().has('ended')).toBe(true);
    expect([stage().read('first.txt'), stage().read('once.txt')]).toEqual(['first ', 'once ']);
    expect(await stage().run(['resume', outer])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Continuing is not possible while the chain is succeeded'),
    });
    await stage().noneLeft();
  });

  it('runs what Claude Code itself offers', async () => {
    stage().write('.claude/commands/hi.md', '---\ndescription: Says hi.\n---\nPlease say hello to $ARGUMENTS.\n');
    const refused = await stage().run(['exec', 'claude:hi', '--input', 'arguments=Ada']);
    const id = /claude-panel approve (\S+)/.exec(refused.stderr)?.[1];
    if (id !== undefined) {
      await stage().run(['approve', id]);
    }
    const { code, stdout } = await stage().run(['exec', 'claude:hi', '--input', 'arguments=Ada']);
    expect(code).toBe(0);
    expect(stdout).toContain('Hello there.');
  });

  it('names the command that was meant, and what its inputs must be', async () => {
    stage().write('.claude-panel/commands/greet.yaml', STEPS);
    expect(await stage().run(['exec', 'greed'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean "greet"'),
    });
    expect(await stage().run(['exec', 'greet', '--input', 'whom=x'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "who"'),
    });
    expect(await stage().run(['exec', 'greet', '--input', 'who'])).toMatchObject({ code: 2 });
  });
});
