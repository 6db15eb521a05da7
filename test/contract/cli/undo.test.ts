import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCommandStage } from './commandStage.ts';

const SCRIPT = `Change everything.
\`\`\`rehearse
- - tool:
      name: Bash
      input:
        description: Change everything
        command: >-
          rm gone.txt && mv moved.txt there.txt && printf 'new\\n' > made.txt && mkdir -p deep/er && cp made.txt deep/er/
          && printf 'changed' >> kept.txt && chmod 755 kept.txt && ln -s kept.txt link && rm -r folder
- Done.
\`\`\`
`;

function prepare(): void {
  stage().write('gone.txt', 'gone\r\n');
  stage().write('moved.txt', 'moved\n');
  stage().write('kept.txt', 'kept\n');
  stage().write('folder/inside.txt', 'inside\n', 0o600);
}

const stage = useCommandStage();
const read = (name: string): string => readFileSync(path.join(stage().folder, name), 'latin1');

/** What Claude Code has stored of the session that holds these words, and of no other that does. */
function storedConversation(words: string): string {
  const root = path.dirname(stage().folder);
  const stored = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.jsonl') && name.includes('projects'))
    .map(name => readFileSync(path.join(root, name), 'utf8'))
    .filter(text => text.includes(words));
  expect(stored).toHaveLength(1);
  return stored[0] ?? '';
}

describe('claude-panel undo', { timeout: 120_000 }, () => {
  it('puts back what the shell commands of a task changed, and redo takes that back', async () => {
    prepare();
    const run = await stage().run(['run', '--approve', 'allow', SCRIPT]);
    expect(run.code, run.stderr).toBe(0);
    expect(existsSync(path.join(stage().folder, 'gone.txt'))).toBe(false);
    expect(read('kept.txt')).toBe('kept\nchanged');
    stage().write('mine.txt', 'mine');

    const dry = JSON.parse((await stage().run(['undo', '--dry-run', '--json'])).stdout);
    const actions = dry.folders[0].items.map((item: { path: string; action: string }) => `${item.action} ${item.path}`);
    expect(actions).toEqual([
      'remove deep/er/made.txt',
      'restore folder/inside.txt',
      'restore gone.txt',
      'restore kept.txt',
      'remove link',
      'remove made.txt',
      'restore moved.txt',
      'remove there.txt',
    ]);
    expect(read('kept.txt')).toBe('kept\nchanged');

    const undone = await stage().run(['undo']);
    expect(undone.code, undone.stderr).toBe(0);
    expect(undone.stdout).toContain('8 files were put back, removed or saved.');
    expect([
      read('gone.txt'),
      read('moved.txt'),
      read('kept.txt'),
      read('folder/inside.txt'),
      read('mine.txt'),
    ]).toEqual(['gone\r\n', 'moved\n', 'kept\n', 'inside\n', 'mine']);
    expect(lstatSync(path.join(stage().folder, 'folder/inside.txt')).mode & 0o777).toBe(0o600);
    for (const name of ['made.txt', 'there.txt', 'deep', 'link']) {
      expect(existsSync(path.join(stage().folder, name)), name).toBe(false);
    }

    const redone = await stage().run(['redo']);
    expect(redone.code, redone.stderr).toBe(0);
    expect(read('kept.txt')).toBe('kept\nchanged');
    expect(lstatSync(path.join(stage().folder, 'kept.txt')).mode & 0o777).toBe(0o755);
    expect(readlinkSync(path.join(stage().folder, 'link'))).toBe('kept.txt');
    expect(existsSync(path.join(stage().folder, 'folder'))).toBe(false);
    expect((await stage().run(['redo'])).code).toBe(1);
  });

  it('leaves alone what was edited since, and says so by its exit code', async () => {
    prepare();
    expect((await stage().run(['run', '--approve', 'allow', SCRIPT])).code).toBe(0);
    stage().write('kept.txt', 'mine\n');
    chmodSync(path.join(stage().folder, 'made.txt'), 0o600);
    const undone = await stage().run(['undo']);
    expect(undone.code).toBe(1);
    expect(undone.stdout).toMatch(/conflict\s+kept.txt {2}\(edited since\)/);
    expect([read('kept.txt'), read('made.txt'), read('gone.txt')]).toEqual(['mine\n', 'new\n', 'gone\r\n']);

    const again = await stage().run(['undo', '--conflicts', 'both', '--path', 'kept.txt']);
    expect(again.code).toBe(0);
    expect([read('kept.txt'), read('kept (earlier).txt'), read('made.txt')]).toEqual(['mine\n', 'kept\n', 'new\n']);
  });
});

describe('claude-panel undo --fork', { timeout: 120_000 }, () => {
  it('goes on with the conversation as it was before the last run', async () => {
    const first = await stage().run(['run', '--json', '--approve', 'allow', 'Say hello']);
    const { subject } = JSON.parse(first.stdout.split('\n')[0] ?? '{}');
    const second = await stage().run(['send', subject, 'Please write a file now']);
    expect([second.code, read('made.txt')], second.stderr).toEqual([0, 'made\n']);
    const undone = await stage().run(['undo', '--fork', 'Say hello once more']);
    expect(undone.code, undone.stderr).toBe(0);
    expect(existsSync(path.join(stage().folder, 'made.txt'))).toBe(false);

    const conversation = storedConversation('Say hello once more');
    expect(conversation).toContain('Hello there.');
    expect(conversation).not.toContain('Please write a file now');
  });

  it('says so before it changes anything when there was no conversation before', async () => {
    prepare();
    expect((await stage().run(['run', '--approve', 'allow', SCRIPT])).code).toBe(0);
    const refused = await stage().run(['undo', '--fork', 'Go on']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Before this task there was no conversation');
    expect(read('kept.txt')).toBe('kept\nchanged');
  });
});
