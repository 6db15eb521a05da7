import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordOf } from '../../../../src/core/checkpoints/undoResult.ts';
import { checkpointsOf } from './openCheckpoints.ts';
import { after, before, scratchFolder, write } from './stage.ts';

const never = new AbortController().signal;

describe('snapshots', () => {
  it('tell what a task added, changed, renamed and deleted', async () => {
    const root = scratchFolder();
    const long = 'a line that stays\n'.repeat(20);
    write(root, { 'a.txt': 'one\n', 'b.txt': 'two\n', 'old.txt': long, 'run.sh': 'echo\n' });
    const checkpoints = checkpointsOf(root);
    const one = await checkpoints.take(before);

    write(root, { 'a.txt': 'one\nmore\n', 'new.bin': Buffer.from([0, 1, 2, 0]) });
    unlinkSync(path.join(root, 'b.txt'));
    renameSync(path.join(root, 'old.txt'), path.join(root, 'new.txt'));
    chmodSync(path.join(root, 'run.sh'), 0o755);
    const two = await checkpoints.take(after);

    const changes = await checkpoints.changes(one, two);
    expect(
      changes.map(({ path: name, kind, from, isBinary, added, removed }) => ({
        name,
        kind,
        from,
        isBinary,
        added,
        removed,
      })),
    ).toEqual([
      { name: 'a.txt', kind: 'modified', from: undefined, isBinary: false, added: 1, removed: 0 },
      { name: 'b.txt', kind: 'deleted', from: undefined, isBinary: false, added: 0, removed: 1 },
      { name: 'new.bin', kind: 'added', from: undefined, isBinary: true, added: 0, removed: 0 },
      { name: 'new.txt', kind: 'renamed', from: 'old.txt', isBinary: false, added: 0, removed: 0 },
      { name: 'run.sh', kind: 'modeChanged', from: undefined, isBinary: false, added: 0, removed: 0 },
    ]);
    const [changed] = changes;
    expect(Buffer.from(await checkpoints.content(changed?.before?.blob ?? '')).toString()).toBe('one\n');
    expect(await checkpoints.changes(one, 'now')).toEqual(changes);
  });

  it('are undone and redone to the byte', async () => {
    const root = scratchFolder();
    write(root, { 'a.txt': 'one\r\n', 'src/b.txt': 'two', 'gone/c.txt': 'three', secret: 'key' });
    chmodSync(path.join(root, 'secret'), 0o600);
    mkdirSync(path.join(root, 'empty'));
    symlinkSync('a.txt', path.join(root, 'link'));
    const checkpoints = checkpointsOf(root);
    const one = await checkpoints.take(before);

    write(root, { 'a.txt': 'changed', 'made/deep/d.txt': 'four' });
    rmSync(path.join(root, 'gone'), { recursive: true });
    rmSync(path.join(root, 'empty'), { recursive: true });
    rmSync(path.join(root, 'secret'));
    rmSync(path.join(root, 'src'), { recursive: true });
    symlinkSync('/etc', path.join(root, 'src'));
    unlinkSync(path.join(root, 'link'));
    const two = await checkpoints.take(after);
    write(root, { 'mine.txt': 'by the user' });

    const plan = await checkpoints.planUndo(one, two);
    expect(plan.items.map(({ path: name, action }) => [name, action.kind])).toEqual([
      ['a.txt', 'restore'],
      ['gone/c.txt', 'restore'],
      ['link', 'restore'],
      ['made/deep/d.txt', 'remove'],
      ['secret', 'restore'],
      ['src', 'remove'],
      ['src/b.txt', 'restore'],
    ]);
    const undo = await checkpoints.apply(plan, new Map(), never);
    expect(undo.failed).toEqual([]);
    expect(readFileSync(path.join(root, 'a.txt'), 'latin1')).toBe('one\r\n');
    expect(readFileSync(path.join(root, 'src/b.txt'), 'utf8')).toBe('two');
    expect(lstatSync(path.join(root, 'secret')).mode & 0o777).toBe(0o600);
    expect(readlinkSync(path.join(root, 'link'))).toBe('a.txt');
    expect(readdirSync(root).sort()).toEqual([
      '.claude-panel',
      'a.txt',
      'empty',
      'gone',
      'link',
      'mine.txt',
      'secret',
      'src',
    ]);

    const redo = await checkpoints.apply(await checkpoints.planRedo(recordOf(undo)), new Map(), never);
    expect(redo.failed).toEqual([]);
    expect(readFileSync(path.join(root, 'a.txt'), 'utf8')).toBe('changed');
    expect(readlinkSync(path.join(root, 'src'))).toBe('/etc');
    expect(existsSync(path.join(root, 'empty'))).toBe(false);
    expect(existsSync(path.join(root, 'gone'))).toBe(false);
    expect(readFileSync(path.join(root, 'made/deep/d.txt'), 'utf8')).toBe('four');
  });

  it('leave alone what was edited since, unless it is chosen', async () => {
    const root = scratchFolder();
    write(root, { 'a.md': 'one', 'b.md': 'one' });
    const checkpoints = checkpointsOf(root);
    const one = await checkpoints.take(before);
    write(root, { 'a.md': 'task', 'b.md': 'task', 'c.md': 'task' });
    const two = await checkpoints.take(after);
    write(root, { 'a.md': 'mine', 'b.md': 'mine', 'c.md': 'mine' });

    const plan = await checkpoints.planUndo(one, two);
    expect(plan.items.map(({ path: name, action }) => [name, action])).toEqual([
      ['a.md', { kind: 'conflict', reason: 'editedSince', choices: ['keepMine', 'putBack', 'saveBoth'] }],
      ['b.md', { kind: 'conflict', reason: 'editedSince', choices: ['keepMine', 'putBack', 'saveBoth'] }],
      ['c.md', { kind: 'conflict', reason: 'editedSince', choices: ['keepMine', 'putBack'] }],
    ]);
    const undo = await checkpoints.apply(
      plan,
      new Map([
        ['a.md', 'saveBoth'],
        ['b.md', 'putBack'],
      ]),
      never,
    );
    expect(undo.done).toEqual([
      { path: 'a.md', did: 'savedBeside', savedAs: 'a (earlier).md' },
      { path: 'b.md', did: 'restored' },
    ]);
    expect(undo.kept).toEqual([{ path: 'c.md', reason: 'editedSince' }]);
    expect(['a.md', 'a (earlier).md', 'b.md', 'c.md'].map(name => readFileSync(path.join(root, name), 'utf8'))).toEqual(
      ['mine', 'one', 'one', 'mine'],
    );
  });
});
