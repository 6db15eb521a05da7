import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import { DEFAULT_STOP_TIMES } from '../../../src/core/process/stopLadder.ts';
import { isLive } from '../../../src/core/tasks/task.ts';
import { CLOSE_WITHIN_MS } from '../../../src/vscode/closeWithin.ts';
import { scripted } from '../rehearsal/rehearsalStage.ts';
import { asked, processesOf, run, until, usePanelStage } from './panelStage.ts';

const STUBBORN = `#!/bin/sh
trap '' TERM HUP INT
setsid sh -c "trap '' TERM HUP INT; sleep 300; sleep 300" >/dev/null 2>&1 &
touch started
sleep 301
sleep 302
`;

const stage = usePanelStage();

/** A script that ignores every signal that can be, an open question, and an answer that is being written. */
async function startThree(services: PanelServices): Promise<readonly string[]> {
  writeFileSync(path.join(stage().folder, 'stubborn.sh'), STUBBORN, { mode: 0o755 });
  const script = await run(services, scripted('- tool: { name: Bash, input: { command: ./stubborn.sh } }\n- text: no'));
  const approval = await asked(services, script.id);
  services.approvals.answer(approval.id, { choice: 'allowOnce' }, services.actor('panel'));
  const question = await run(
    services,
    scripted('- tool: { name: Write, input: { file_path: "{{cwd}}/a.txt", content: x } }\n- text: no'),
  );
  await asked(services, question.id);
  const writing = await run(services, scripted('- - text: A beginning.\n  - silence: true'));
  await until(services, writing.id, task => task.model !== undefined);
  await expect.poll(() => existsSync(path.join(stage().folder, 'started'))).toBe(true);
  return [script.id, question.id, writing.id];
}

describe.runIf(process.platform === 'linux')('closing with tasks at work', { timeout: 60_000 }, () => {
  it('sets each of them aside, with no process left and the question still open', async () => {
    const services = await stage().open();
    const ids = await startThree(services);
    expect(await processesOf(...ids)).toBeGreaterThanOrEqual(6);
    await services.suspend(50_000);
    const states = ids.map(id => services.tasks.get(id).status);
    expect(states).toMatchObject(ids.map(() => ({ state: 'paused', cause: 'hostClosed' })));
    expect(await processesOf(...ids)).toBe(0);
    expect(services.log.approvals.pending().map(({ taskId }) => taskId)).toEqual([ids[1]]);
  });

  it('takes no longer than it is given, whatever is left to do', async () => {
    const services = await stage().open();
    const ids = await startThree(services);
    await services.suspend(1);
    // The next host finds them by their mark and puts them into a true state.
    expect(ids.filter(id => isLive(services.tasks.get(id).status))).not.toEqual([]);
  });

  it('has its ladder done within what deactivate is given', () => {
    expect(DEFAULT_STOP_TIMES.terminate + DEFAULT_STOP_TIMES.kill).toBeLessThan(CLOSE_WITHIN_MS);
  });
});
