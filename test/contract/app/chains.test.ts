import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainMarker } from '../../../src/app/chains/stepProcesses.ts';
import { systemProcesses } from '../../../src/core/process/processTree.ts';
import { MASK } from '../../../src/core/security/maskedOutput.ts';
import { chainEnded, gateOf, outputOf, runChain, untilChain, writeCommand } from './chainStage.ts';
import { usePanelStage } from './panelStage.ts';

const stage = usePanelStage();

/** A prompt in which the rehearsal model finds its script. */
function scripted(...rounds: readonly string[]): string {
  return ['Do it.', '```rehearse', ...rounds, '```'].map(line => `      ${line}`).join('\n');
}

async function programsOf(chainId: string): Promise<number> {
  return (await systemProcesses().findByMarker(chainMarker(chainId))).length;
}

describe('a chain with the real Claude Code', { timeout: 90_000 }, () => {
  it('runs a program, a prompt that uses its output, and a gate that shows it', async () => {
    writeCommand(
      stage(),
      'look',
      `profile: speed
inputs:
  - { name: file, type: text }
steps:
  - id: list
    run: [node, -e, 'console.log(process.argv[1].toUpperCase())', '\${{ inputs.file }}']
  - id: tell
    prompt: |
      It is \${{ steps.list.output }}
${scripted('- text: "I have looked."')}
  - id: gate
    approve: Go on with \${{ inputs.file }}?
    show: \${{ steps.tell.output }}
  - id: after
    run: [node, -e, 'console.log(process.argv[1])', '\${{ steps.gate.output.message }}']
`,
    );
    const services = await stage().open();
    const { id } = await runChain(services, 'look', { file: 'a.txt' });
    const gate = await gateOf(services, id, 'gate');
    expect(gate.subject).toMatchObject({ message: 'Go on with a.txt?', shown: 'I have looked.' });
    services.approvals.answer(gate.id, { choice: 'approveGate', message: 'fine' }, services.actor('panel'));
    const run = await chainEnded(services, id);
    expect(run.status).toMatchObject({ state: 'succeeded' });
    expect(outputOf(run, 'list')).toBe('A.TXT');
    expect(outputOf(run, 'after')).toBe('fine');
    const [taskId = ''] = run.steps['tell']?.state === 'succeeded' ? run.steps['tell'].taskIds : [];
    expect(services.tasks.get(taskId).prompt).toContain('```text\nA.TXT\n```');
    expect(run.costUsd).toBe(services.tasks.get(taskId).costUsd);
  });

  it('begins none of its steps when the profile of one is not there', async () => {
    const services = await stage().open();
    writeCommand(
      stage(),
      'misspelt',
      `steps:
  - { id: first, run: [touch, began] }
  - { id: ask, prompt: Hello., profile: sped }
`,
    );
    await expect(runChain(services, 'misspelt')).rejects.toMatchObject({
      reason: 'unknownProfile',
      remedy: expect.stringContaining('speed'),
    });
    expect(services.log.chains.list()).toEqual([]);
    expect(existsSync(path.join(stage().folder, 'began'))).toBe(false);
  });

  it('fails when its gate is denied, with the words of the person', async () => {
    writeCommand(stage(), 'ask', `steps:\n  - { id: gate, approve: Sure? }\n  - { id: after, run: [touch, made] }\n`);
    const services = await stage().open();
    const { id } = await runChain(services, 'ask');
    const gate = await gateOf(services, id, 'gate');
    services.approvals.answer(gate.id, { choice: 'deny', message: 'not today' }, services.actor('panel'));
    const run = await chainEnded(services, id);
    expect(run.status).toMatchObject({ state: 'failed', failure: { reason: 'stepFailed' } });
    expect(run.steps['gate']).toMatchObject({ state: 'failed', failure: { detail: expect.stringContaining('Deny') } });
    expect(existsSync(path.join(stage().folder, 'made'))).toBe(false);
  });

  it('gives the structured output of a prompt to later steps', async () => {
    writeCommand(
      stage(),
      'structured',
      `profile: speed
steps:
  - id: find
    output:
      schema: { type: object, required: [files], properties: { files: { type: array, items: { type: string } } } }
    prompt: |
${scripted('- tool: { name: StructuredOutput, input: { files: ["a b.txt", "$(touch x)"] } }', '- text: Done.')}
  - id: each
    foreach: steps.find.output.files
    run: [node, -e, 'console.log(JSON.stringify(process.argv.slice(1)))', --, '\${{ item }}']
    output: json
`,
    );
    const services = await stage().open();
    const { id } = await runChain(services, 'structured');
    const run = await chainEnded(services, id);
    expect(outputOf(run, 'find')).toEqual({ files: ['a b.txt', '$(touch x)'] });
    expect(outputOf(run, 'each')).toEqual([['a b.txt'], ['$(touch x)']]);
    expect(existsSync(path.join(stage().folder, 'x'))).toBe(false);
  });

  it('stops everything that its steps run', async () => {
    writeFileSync(
      path.join(stage().folder, 'sleeper.sh'),
      '#!/bin/sh\nnohup sleep 300 >/dev/null 2>&1 &\nsetsid sleep 301 >/dev/null 2>&1 &\ntouch started\nsleep 302\n',
      { mode: 0o755 },
    );
    writeCommand(
      stage(),
      'sleepy',
      `profile: speed
steps:
  - parallel:
      - { id: sleep, run: [./sleeper.sh] }
      - id: think
        prompt: |
${['Do it.', '```rehearse', '- - delay: 60000', '  - text: late', '```'].map(line => `          ${line}`).join('\n')}
  - { id: never, run: [touch, never] }
`,
    );
    const services = await stage().open();
    const { id } = await runChain(services, 'sleepy');
    const running = await untilChain(
      services,
      id,
      now => now.steps['think']?.state === 'running' && now.steps['think'].taskId !== undefined,
    );
    await expect.poll(() => existsSync(path.join(stage().folder, 'started')), { timeout: 20_000 }).toBe(true);
    services.chains.stop(id, services.actor('notification'));
    const run = await chainEnded(services, id);
    expect(run.status).toMatchObject({ state: 'stopped', by: { surface: 'notification' } });
    expect(run.steps).toMatchObject({
      sleep: { state: 'stopped' },
      think: { state: 'stopped' },
      never: { state: 'waiting' },
    });
    expect(await programsOf(id)).toBe(0);
    const taskId = running.steps['think']?.state === 'running' ? running.steps['think'].taskId : undefined;
    expect(services.tasks.get(taskId ?? '').status).toMatchObject({
      state: 'stopped',
      by: { surface: 'notification' },
    });
  });

  it('tries a program again, ends one that takes too long, and runs a step that is there for failures', async () => {
    writeCommand(
      stage(),
      'flaky',
      `steps:
  - id: flaky
    run: [sh, -c, 'echo x >> tries; test $(wc -l < tries) -ge 3']
    retry: { attempts: 5, delay: 10ms }
  - id: slow
    run: [sleep, '60']
    timeout: 300ms
    onFailure: { step: mend }
  - id: mend
    run: [node, -e, 'console.log(process.argv[1])', '\${{ steps.slow.failure }}']
  - id: broken
    run: [sh, -c, 'echo no >&2; exit 3']
    onFailure: continue
  - { id: last, run: [echo, '\${{ steps.broken.state }}'] }
`,
    );
    const services = await stage().open();
    const run = await chainEnded(services, (await runChain(services, 'flaky')).id);
    expect(run.status).toMatchObject({ state: 'succeeded' });
    expect(readFileSync(path.join(stage().folder, 'tries'), 'utf8')).toBe('x\nx\nx\n');
    expect(outputOf(run, 'mend')).toContain('longer than 300ms');
    expect(run.steps['broken']).toMatchObject({
      state: 'failed',
      failure: { message: 'sh ended with code 3.', detail: 'no' },
    });
    expect(outputOf(run, 'last')).toBe('failed');
  });

  it('runs a step again, and those that follow from it', async () => {
    writeCommand(
      stage(),
      'again',
      `steps:
  - { id: one, run: [sh, -c, 'echo 1 >> one'] }
  - { id: two, run: [sh, -c, 'echo 2 >> two; test -e ready'] }
  - { id: three, run: [cat, two] }
`,
    );
    const services = await stage().open();
    const { id } = await runChain(services, 'again');
    expect((await chainEnded(services, id)).status).toMatchObject({ state: 'failed' });
    writeFileSync(path.join(stage().folder, 'ready'), '');
    services.chains.runAgain(id, 'two', services.actor('panel'));
    const run = await untilChain(services, id, now => now.status.state === 'succeeded');
    expect(outputOf(run, 'three')).toBe('2\n2');
    expect(readFileSync(path.join(stage().folder, 'one'), 'utf8')).toBe('1\n');
  });

  it('runs other commands: a chain as a chain of its own, a prompt as a task', async () => {
    writeCommand(
      stage(),
      'inner',
      `inputs:\n  - { name: word, type: text }\nsteps:\n  - { id: say, run: [echo, '\${{ inputs.word }}'] }\n`,
    );
    writeCommand(stage(), 'prompted', `profile: speed\nprompt: |\n${scripted('- text: "prompted"')}\n`);
    writeCommand(
      stage(),
      'outer',
      `steps:
  - { id: chain, command: inner, inputs: { word: hello } }
  - { id: task, command: prompted }
  - { id: both, run: [echo, '\${{ steps.chain.output }} \${{ steps.task.output }}'] }
`,
    );
    const services = await stage().open();
    const run = await chainEnded(services, (await runChain(services, 'outer')).id);
    expect(run.status).toMatchObject({ state: 'succeeded' });
    expect(outputOf(run, 'both')).toBe('hello prompted');
    expect(services.log.chains.list().find(other => other.command.name === 'inner')).toMatchObject({
      parent: { chainId: run.id, stepId: 'chain' },
      status: { state: 'succeeded' },
    });
  });

  it('runs no other command that requires a snapshot where there can be none, whatever its body is', async () => {
    const body: Readonly<Record<string, string>> = {
      prompt: `profile: speed\nprompt: |\n${scripted('- text: I ran.')}`,
      action: 'action: health-status',
      steps: 'steps:\n  - { id: touch, run: [/bin/sh, -c, exit 0] }',
    };
    const kinds = Object.keys(body);
    for (const kind of kinds) {
      writeCommand(stage(), `strict-${kind}`, `snapshot: required\n${body[kind]}\n`);
      writeCommand(stage(), `loose-${kind}`, `${body[kind]}\n`);
    }
    const step = (name: string): string => `  - { id: ${name}, needs: [], command: ${name}, onFailure: continue }\n`;
    writeCommand(
      stage(),
      'outer',
      `steps:\n${kinds.flatMap(kind => [step(`strict-${kind}`), step(`loose-${kind}`)]).join('')}`,
    );
    // Without git there is no snapshot.
    const services = await stage().open({ environment: { ...stage().environment, PATH: stage().folder } });
    const run = await chainEnded(services, (await runChain(services, 'outer')).id);
    const ends = (prefix: string): unknown[] =>
      kinds.map(kind => run.steps[`${prefix}-${kind}`]?.state).filter(state => state !== undefined);
    expect(ends('loose')).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(ends('strict')).toEqual(['failed', 'failed', 'failed']);
    for (const kind of kinds) {
      const status = run.steps[`strict-${kind}`];
      const { message = '', detail = '' } = status?.state === 'failed' ? status.failure : {};
      expect(`${message} ${detail}`, kind).toContain('snapshot');
    }
    expect(outputOf(run, 'loose-action')).toMatchObject({ summary: expect.any(String) });
    expect(services.log.tasks.list().map(({ status }) => status.state)).toContain('succeeded');
  });

  it('keeps no key of its environment that a program prints or complains of', async () => {
    writeCommand(
      stage(),
      'leak',
      `steps:
  - { id: text, run: [/bin/sh, -c, 'echo "it is $DEPLOY_TOKEN."'] }
  - { id: data, run: [/bin/sh, -c, 'printf "{\\"key\\":\\"%s\\"}" "$DEPLOY_TOKEN"'], output: json }
  - { id: own, run: [/bin/sh, -c, 'echo "$OTHER_SECRET"'], env: { OTHER_SECRET: another-secret } }
  - { id: long, run: [/bin/sh, -c, 'printf "%0195d%s" 0 "$DEPLOY_TOKEN"'] }
  - { id: error, run: [/bin/sh, -c, 'echo "$DEPLOY_TOKEN: Authorization: Bearer abcdefgh" >&2; exit 1'], onFailure: continue }
`,
    );
    const services = await stage().open({ environment: { ...stage().environment, DEPLOY_TOKEN: 'deploy-secret' } });
    const told: string[] = [];
    services.onChainProgress(({ text }) => told.push(text));
    const { id } = await runChain(services, 'leak');
    const run = await chainEnded(services, id);
    expect(run.status).toMatchObject({ state: 'succeeded' });
    expect(outputOf(run, 'text')).toBe(`it is ${MASK}.`);
    expect(outputOf(run, 'data')).toEqual({ key: MASK });
    expect(outputOf(run, 'own')).toBe(MASK);
    expect(run.steps['error']).toMatchObject({ failure: { detail: `${MASK}: Authorization: Bearer ${MASK}` } });
    const log = JSON.stringify(services.log.events({ after: 0, limit: 1000, subject: id }));
    expect(log).not.toContain('deploy-secret');
    // A line that is shown while the program runs is cut: what is cut off must not keep a key from being known.
    expect(told).toContain(`${'0'.repeat(195)}${MASK}`);
    expect(told.join('\n')).not.toMatch(/deplo|another/);
  });

  it('asks for approval of a command of the workspace before it runs, once', async () => {
    const services = await stage().open();
    const folder = path.join(stage().folder, '.claude-panel', 'commands');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      path.join(folder, 'theirs.yaml'),
      'name: theirs\ntitle: T\ndescription: D\nsteps:\n  - { id: a, run: [echo, hi] }\n',
    );
    const order = { command: 'theirs', inputsFrom: 'person', by: services.actor('panel') } as const;
    const first = await services.runCommand(order);
    expect(first.kind).toBe('needsApproval');
    services.approvals.answer(
      first.kind === 'needsApproval' ? first.approvalId : '',
      { choice: 'approveContent' },
      services.actor('panel'),
    );
    const second = await services.runCommand(order);
    expect(second.kind).toBe('chain');
  });
});
