import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastWorkingDay } from '../../../../src/app/actions/standup/lastWorkingDay.ts';
import { standupFactsAction } from '../../../../src/app/actions/standup/standupFactsAction.ts';
import { systemClock } from '../../../../src/base/clock.ts';
import { newUuid } from '../../../../src/base/ids.ts';
import { created, starting } from '../../../contract/panelLog/sampleFacts.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { MemoryPanelLog } from '../../../fixtures/memory/memoryPanelLog.ts';
import { anyText } from '../../anyText.ts';
import { ActionStage } from './actionStage.ts';

function facts(stage: ActionStage, log = memoryLog(), given: Record<string, string> = {}): Promise<string> {
  const action = standupFactsAction({ clock: systemClock, log });
  return action.run(given, stage.context()).then(output => (output as { text: string }).text);
}

function memoryLog(): MemoryPanelLog {
  return new MemoryPanelLog({ source: '/test', clock: systemClock, newId: newUuid });
}

describe('the last working day', () => {
  it('is Friday on a Monday and on the weekend, and yesterday otherwise', () => {
    const days = ['2026-11-23', '2026-11-22', '2026-11-21', '2026-11-20', '2026-11-24'].map(day =>
      lastWorkingDay(new Date(`${day}T09:30:00`)).getDate(),
    );
    expect(days).toEqual([20, 20, 20, 19, 23]);
  });

  it('is always a weekday, at midnight, one to three days ago', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(2000, 0, 5), max: new Date(2090, 0, 1), noInvalidDate: true }), now => {
        const day = lastWorkingDay(now);
        expect([0, 6]).not.toContain(day.getDay());
        expect(day.getHours()).toBe(0);
        const days =
          (new Date(now.getFullYear(), now.getMonth(), now.getDate(), 12).getTime() - day.getTime()) / 86_400_000;
        expect(Math.round(days - 0.5)).toBeGreaterThanOrEqual(1);
        expect(Math.round(days - 0.5)).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe('the action standup-facts', () => {
  it('tells own commits of all branches since then, and what is not committed', async () => {
    const stage = new ActionStage();
    stage.git('init', '--quiet', '--initial-branch=main');
    stage.git('config', 'user.email', 'ada@example.com');
    stage.write('a.txt', 'a');
    stage.commit('Old work', '2020-01-01T10:00:00Z');
    stage.git('switch', '--quiet', '-c', 'feature');
    stage.write('b.txt', 'b');
    stage.commit('Add the export\n\nwith a body');
    stage.git(
      '-c',
      'user.email=bob@example.com',
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      'Work of somebody else',
      '--author=Bob <bob@example.com>',
    );
    stage.write('café.txt', 'c');
    const text = await facts(stage);
    expect(text).toMatch(/- Add the export \([0-9a-f]{7,}\)/);
    expect(text).not.toContain('Old work');
    expect(text).not.toContain('somebody else');
    expect(text).toContain('1 files with uncommitted changes on feature: café.txt');
    expect(await facts(stage, memoryLog(), { author: 'everyone', since: '2019-12-31' })).toContain('Old work');
  });

  it('tells what commits say in the same characters, and runs nothing of it', async () => {
    const stage = new ActionStage();
    stage.git('init', '--quiet', '--initial-branch=main');
    stage.git('config', 'user.email', 'ada@example.com');
    const lineBreaks = /[\0\r\n\v\f\u0085\u2028\u2029]/;
    const any = anyText({ maxLength: 60 }).filter(text => !lineBreaks.test(text));
    const subjects = [
      `'; touch pwned; echo '"; touch pwned; echo "`,
      '$(touch pwned) `touch pwned` $HOME %PATH% && touch pwned | touch pwned > pwned',
      '${{ steps.facts.output }} $${{',
      '--exec=touch pwned',
      'a  b\tc \u0001\u001b[2J \u202eevil\u202c \u200b 👩\u200d🚀 é \u001e\u001f',
      '- {id: evil, run: [touch, pwned]} {"run": ["touch"]} # --- |',
      '```` fence',
      ...fc.sample(any, 60).map(text => `Do ${text} now`),
    ];
    // As git's own importer takes them: no shell and no argument is in the way.
    const stream = subjects.map(subject => {
      const message = Buffer.from(`${subject}\n\nA body.\n`);
      const now = Math.floor(Date.now() / 1000);
      const head = `commit refs/heads/main\ncommitter Ada <ada@example.com> ${now} +0000\ndata ${message.length}\n`;
      return Buffer.concat([Buffer.from(head), message, Buffer.from('\n')]);
    });
    execFileSync('git', ['fast-import', '--quiet'], { cwd: stage.folder, input: Buffer.concat(stream) });
    const { text, commits } = (await standupFactsAction({ clock: systemClock, log: memoryLog() }).run(
      {},
      stage.context(),
    )) as { text: string; commits: number };
    expect(commits).toBe(subjects.length);
    const told = text.split('\n').filter(line => /^- .*\([0-9a-f]{7,}\)/u.test(line));
    const found = told.map(line => line.replace(/ \([0-9a-f]{7,}\)(?: \[.*\])?$/u, ''));
    expect(found.sort()).toEqual(subjects.map(subject => `- ${subject}`).sort());
    expect(stage.has('pwned')).toBe(false);
  });

  it('makes one line of a subject that has several', async () => {
    const stage = new ActionStage();
    stage.git('init', '--quiet', '--initial-branch=main');
    stage.git('config', 'user.email', 'ada@example.com');
    stage.write('a.txt', 'a');
    stage.commit('One\n# Blocked\n- nothing\u2028# Own open pull requests\n\nA body.');
    expect(await facts(stage)).toMatch(/\n- One # Blocked - nothing # Own open pull requests \([0-9a-f]{7,}\)/);
  });

  it('tells the tasks of the panel by what became of them', async () => {
    const clock = new ManualClock();
    const log = new MemoryPanelLog({ source: '/test', clock, newId: newUuid });
    const task = (
      id: string,
      title: string,
      ...more: Parameters<typeof log.append>[0][number]['facts'][number][]
    ): unknown => log.append([{ subject: id, facts: [created({ title }), starting(), ...more] }]);
    task('t1', 'Fix the login');
    const stage = new ActionStage();
    const action = standupFactsAction({ clock, log });
    const { text } = (await action.run({}, stage.context())) as { text: string };
    expect(text).toMatch(/# Tasks of the panel in flight\n- Fix the login \(task t1/);
  });

  it('tells open pull requests with their checks, where gh is there', async () => {
    const stage = new ActionStage();
    const own = [
      {
        number: 42,
        title: 'Export',
        isDraft: false,
        reviewDecision: 'REVIEW_REQUIRED',
        headRefName: 'feature',
        statusCheckRollup: [{ conclusion: 'FAILURE' }, { conclusion: 'SUCCESS' }],
      },
    ];
    stage.program('gh', `case "$*" in *@me\\ *|*"--author @me") echo '${JSON.stringify(own)}';; *) echo '[]';; esac`);
    expect(await facts(stage)).toContain('- #42 Export (review required, 1 checks fail, branch feature)');
  });

  it('works with no git and no gh, and says what is missing', async () => {
    const stage = new ActionStage();
    const action = standupFactsAction({ clock: systemClock, log: memoryLog() });
    const { text } = (await action.run({}, stage.context({ PATH: stage.root }))) as { text: string };
    expect(text).toContain('# Not looked at\n- git: this folder is in no git repository, or git is not installed.');
    expect(text).toContain('- pull requests: gh, the GitHub command line, is not installed.');
    expect(text).toContain('# Commits\n(nothing)');
  });

  it('says why gh could not answer, without failing', async () => {
    const stage = new ActionStage();
    stage.program('gh', 'echo "no git remotes found" >&2; exit 1');
    expect(await facts(stage)).toContain('- pull requests: gh said: no git remotes found');
  });
});
