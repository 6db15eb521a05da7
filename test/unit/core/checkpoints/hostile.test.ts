import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/base/clock.ts';
import { newShortId } from '../../../../src/base/ids.ts';
import { Checkpoints } from '../../../../src/core/checkpoints/checkpoints.ts';
import { ManifestFile } from '../../../../src/core/checkpoints/scan/manifest.ts';
import { writeWhole } from '../../../../src/core/checkpoints/scan/writeWhole.ts';
import { OTHER_KEY, TEST_KEY } from '../../../fixtures/userKey.ts';
import { checkpointsOf, gitProgram } from './openCheckpoints.ts';
import { after, before, scratchFolder, write } from './stage.ts';

const never = new AbortController().signal;

/** A program that leaves a file when it is run. */
function trap(root: string): string {
  const script = path.join(root, 'trap.sh');
  writeFileSync(script, `#!/bin/sh\ntouch '${path.join(root, 'sprung')}'\ncat\n`);
  chmodSync(script, 0o755);
  return script;
}

const isSprung = (root: string): boolean => existsSync(path.join(root, 'sprung'));

/** A repository of the user, with a content in no commit: the first that a tidying up would remove. */
function userRepository() {
  const root = scratchFolder();
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  git('init', '-q');
  write(root, { 'a.txt': 'one\n' });
  return { root, git, lost: git('hash-object', '-w', 'a.txt').trim() };
}

describe('a repository that means harm', () => {
  it('has none of its filters run, and no byte of its files changed', async () => {
    const root = scratchFolder();
    const script = trap(root);
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' });
    git('init', '-q');
    git('config', 'filter.evil.clean', script);
    git('config', 'filter.evil.smudge', script);
    git('config', 'core.fsmonitor', script);
    git('config', 'core.autocrlf', 'true');
    write(root, { '.gitattributes': '* filter=evil text=auto eol=crlf ident working-tree-encoding=UTF-16\n' });
    const bytes = Buffer.from('line\r\nline\n$Id$\n\u0000\xff', 'latin1');
    write(root, { 'a.txt': bytes });
    const checkpoints = checkpointsOf(root);
    const one = await checkpoints.take(before);
    write(root, { 'a.txt': 'changed\r\n' });
    const two = await checkpoints.take(after);
    const [change] = await checkpoints.changes(one, two);
    expect(Buffer.from(await checkpoints.content(change?.before?.blob ?? '')).equals(bytes)).toBe(true);
    await checkpoints.apply(await checkpoints.planUndo(one, two), new Map(), never);
    expect(readFileSync(path.join(root, 'a.txt')).equals(bytes)).toBe(true);
    expect(isSprung(root)).toBe(false);
    // The trap is one: git itself runs into it.
    write(root, { '.gitattributes': '* filter=evil\n' });
    git('add', 'a.txt');
    expect(isSprung(root)).toBe(true);
  });

  it('cannot make our git run something by what it writes into our folder', async () => {
    const root = scratchFolder();
    const script = trap(root);
    const checkpoints = checkpointsOf(root);
    write(root, { 'a.txt': 'one\n' });
    const one = await checkpoints.take(before);
    const store = checkpoints.directory;
    appendFileSync(
      path.join(store, 'config'),
      `[core]\n\tfsmonitor = ${script}\n\thooksPath = ${path.join(store, 'hooks')}\n\tsshCommand = ${script}\n[diff]\n\texternal = ${script}\n[extensions]\n\tpartialClone = evil\n[remote "evil"]\n\turl = ext::${script}\n\tpromisor = true\n`,
    );
    mkdirSync(path.join(store, 'hooks'), { recursive: true });
    for (const hook of ['reference-transaction', 'post-index-change', 'pre-auto-gc']) {
      symlinkSync(script, path.join(store, 'hooks', hook));
    }
    write(root, { 'a.txt': 'two\n' });
    const two = await checkpoints.take(after);
    expect(await checkpoints.changes(one, two)).toHaveLength(1);
    await checkpoints.prune({
      olderThan: Date.now() + 1,
      maxBytes: 0,
      safeSince: Number.POSITIVE_INFINITY,
      keep: new Set([one.id]),
    });
    expect(isSprung(root)).toBe(false);
    expect(readFileSync(path.join(store, 'config'), 'utf8')).not.toContain('evil');
  });

  it('gets nothing written outside by a link in place of a folder', async () => {
    const root = scratchFolder();
    const outside = scratchFolder();
    write(root, { 'folder/a.txt': 'one\n' });
    const checkpoints = checkpointsOf(root);
    const one = await checkpoints.take(before);
    write(root, { 'folder/a.txt': 'two\n' });
    const two = await checkpoints.take(after);
    const plan = await checkpoints.planUndo(one, two);
    rmSync(path.join(root, 'folder'), { recursive: true });
    write(outside, { 'a.txt': 'two\n' });
    symlinkSync(outside, path.join(root, 'folder'));

    const late = await checkpoints.apply(plan, new Map([['folder/a.txt', 'putBack']]), never);
    expect(late.failed.map(({ failure }) => failure.reason)).toEqual(['notSaved']);
    const fresh = await checkpoints.planUndo(one, two);
    expect(fresh.items.map(({ action }) => action)).toEqual([
      { kind: 'conflict', reason: 'folderReplaced', choices: ['keepMine'] },
    ]);
    expect(readFileSync(path.join(outside, 'a.txt'), 'utf8')).toBe('two\n');
  });

  it('has no snapshots kept behind a link', async () => {
    const root = scratchFolder();
    const outside = scratchFolder();
    mkdirSync(path.join(root, '.claude-panel'));
    symlinkSync(outside, path.join(root, '.claude-panel', 'checkpoints'));
    await expect(checkpointsOf(root).take(before)).rejects.toMatchObject({ reason: 'storeUnsafe' });
  });

  it.each(['objects', 'objects/ab', 'objects/pack', 'refs', 'refs/passing', 'info', 'logs', 'HEAD', 'packed-refs'])(
    'has nothing used or tidied up behind a link in our folder: %s',
    async name => {
      const { root, lost, git } = userRepository();
      const checkpoints = checkpointsOf(root);
      await checkpoints.take(before);
      const place = path.join(checkpoints.directory, name);
      rmSync(place, { recursive: true, force: true });
      const shadowed = name === 'objects/ab' ? `objects/${lost.slice(0, 2)}` : name;
      const target = path.join(root, '.git', shadowed);
      symlinkSync(existsSync(target) ? target : path.join(root, '.git', 'refs'), place);
      const all = () => readdirSync(path.join(root, '.git'), { recursive: true }).sort();
      const untouched = all();

      const unsafe = { reason: 'storeUnsafe' };
      const rules = {
        olderThan: Number.POSITIVE_INFINITY,
        maxBytes: 0,
        safeSince: Number.POSITIVE_INFINITY,
        keep: new Set<string>(),
      };
      await expect(checkpoints.prune(rules)).rejects.toMatchObject(unsafe);
      await expect(checkpoints.take(before)).rejects.toMatchObject(unsafe);
      await expect(checkpoints.usage()).rejects.toMatchObject(unsafe);
      expect(all()).toEqual(untouched);
      expect(git('cat-file', '-t', lost)).toBe('blob\n');
    },
  );

  it.each(['none', 'of another user', 'of another store', 'a link'])(
    'has its own snapshots set aside, not used, followed or removed: with the mark %s',
    async mark => {
      const root = scratchFolder();
      const users = path.join(scratchFolder(), 'objects');
      write(users, { 'ab/mine': 'mine\n' });
      write(root, { 'a.txt': 'one\n' });
      const shipped = await checkpointsOf(root, { userKey: mark === 'of another user' ? OTHER_KEY : TEST_KEY }).take(
        before,
      );
      const store = checkpointsOf(root).directory;
      const owner = path.join(store, 'panel.owner');
      if (mark === 'none') {
        rmSync(owner);
      } else if (mark === 'of another store') {
        const other = checkpointsOf(scratchFolder(), { workspace: root });
        await other.take(before);
        copyFileSync(path.join(other.directory, 'panel.owner'), owner);
      } else if (mark === 'a link') {
        renameSync(owner, path.join(root, 'owner'));
        symlinkSync(path.join(root, 'owner'), owner);
      }
      symlinkSync(users, path.join(store, 'objects', 'ab'));

      // Several at once make one store.
      const all = await Promise.all([1, 2, 3].map(() => checkpointsOf(root).take(before)));
      for (const { id } of all) {
        await expect(checkpointsOf(root).get(id)).resolves.toMatchObject({ id });
      }
      await expect(checkpointsOf(root).get(shipped.id)).rejects.toMatchObject({ reason: 'unknownCheckpoint' });
      const aside = readdirSync(path.dirname(store)).filter(name => /^workspace\.git\.foreign-\d+$/.test(name));
      expect(aside).toHaveLength(1);
      expect(lstatSync(path.join(path.dirname(store), aside[0] ?? '', 'objects', 'ab')).isSymbolicLink()).toBe(true);
      expect(readFileSync(path.join(users, 'ab', 'mine'), 'utf8')).toBe('mine\n');
    },
  );

  it('keeps the snapshots of its user when it is moved', async () => {
    const root = scratchFolder();
    write(root, { 'old/a.txt': 'one\n' });
    const { id } = await checkpointsOf(path.join(root, 'old')).take(before);
    renameSync(path.join(root, 'old'), path.join(root, 'new'));
    await expect(checkpointsOf(path.join(root, 'new')).get(id)).resolves.toMatchObject({ id });
  });

  it('cannot name another place for our objects and refs', async () => {
    const { root, lost, git } = userRepository();
    const checkpoints = checkpointsOf(root);
    const one = await checkpoints.take(before);
    const store = checkpoints.directory;
    const users = path.join(root, '.git');
    write(store, {
      commondir: `${users}\n`,
      'objects/info/alternates': `${path.join(users, 'objects')}\n`,
      'objects/info/http-alternates': `${path.join(users, 'objects')}\n`,
    });
    await checkpoints.prune({
      olderThan: Number.POSITIVE_INFINITY,
      maxBytes: 0,
      safeSince: Number.POSITIVE_INFINITY,
      keep: new Set(),
    });
    expect(git('cat-file', '-t', lost)).toBe('blob\n');
    await expect(checkpointsOf(root).get(one.id)).resolves.toMatchObject({ files: 1 });
    for (const name of ['commondir', 'objects/info/alternates', 'objects/info/http-alternates']) {
      expect(existsSync(path.join(store, name))).toBe(false);
    }
  });

  it('gets nothing written through a link in place of a file of ours', async () => {
    const folder = scratchFolder();
    const outside = path.join(scratchFolder(), 'mine.txt');
    writeFileSync(outside, 'mine\n');
    const file = path.join(folder, 'panel.manifest');
    symlinkSync(outside, `${file}.new`);
    await new ManifestFile(file).write({ id: 'a', tree: 'b', entries: new Map() });
    symlinkSync(outside, path.join(folder, 'panel.pruned'));
    await writeWhole(path.join(folder, 'panel.pruned'), '');
    expect(readFileSync(outside, 'utf8')).toBe('mine\n');
    expect(lstatSync(path.join(folder, 'panel.pruned')).isFile()).toBe(true);
    expect(lstatSync(file).isFile()).toBe(true);

    const root = scratchFolder();
    const checkpoints = checkpointsOf(root);
    await checkpoints.take(before);
    symlinkSync(outside, path.join(checkpoints.directory, 'panel.pruned'));
    await expect(checkpoints.pruneNote()).rejects.toMatchObject({ reason: 'storeUnsafe' });
    await expect(
      checkpoints.prune({ olderThan: 0, maxBytes: 1e9, safeSince: Number.POSITIVE_INFINITY, keep: new Set() }),
    ).rejects.toMatchObject({
      reason: 'storeUnsafe',
    });
    expect(readFileSync(outside, 'utf8')).toBe('mine\n');
  });

  it('holds up no new store by what lies where its lock will be', async () => {
    for (const put of [
      (lock: string) => symlinkSync(path.join(scratchFolder(), 'nothing'), lock),
      (lock: string) => {
        const pid = path.join(scratchFolder(), 'pid');
        writeFileSync(pid, String(process.pid));
        symlinkSync(pid, lock);
      },
      (lock: string) => writeFileSync(lock, String(process.pid).padEnd(21)),
    ]) {
      const root = scratchFolder();
      const checkpoints = checkpointsOf(root);
      mkdirSync(path.dirname(checkpoints.directory), { recursive: true });
      put(`${checkpoints.directory}.making`);
      await expect(checkpoints.take(before)).resolves.toMatchObject({ files: 0 });
    }
  });

  it('cannot pass off another content as the stored one', async () => {
    const root = scratchFolder();
    write(root, { 'a.txt': 'one\n' });
    const checkpoints = checkpointsOf(root);
    const one = await checkpoints.take(before);
    const [change] = await checkpoints.changes(await checkpoints.take(after), one);
    expect(change).toBeUndefined();
    rmSync(path.join(checkpoints.directory, 'objects'), { recursive: true });
    mkdirSync(path.join(checkpoints.directory, 'objects', 'pack'), { recursive: true });
    await expect(checkpointsOf(root).get(one.id)).rejects.toMatchObject({ reason: 'unknownCheckpoint' });
    // And the next snapshot is whole again.
    const again = await checkpointsOf(root).take(before);
    expect(again.files).toBe(1);
    expect((await checkpointsOf(root).planUndo(again, again)).items).toEqual([]);
  });
});

describe('what is not there', () => {
  it('is said: no git, and no folder', async () => {
    const root = scratchFolder();
    const parts = {
      workspace: root,
      root,
      environment: process.env,
      userKey: TEST_KEY,
      clock: systemClock,
      newId: newShortId,
    };
    const without = new Checkpoints({ ...parts, git: () => Promise.resolve(undefined) });
    await expect(without.take(before)).rejects.toMatchObject({ reason: 'gitMissing' });
    const gone = path.join(root, 'gone');
    const nowhere = new Checkpoints({ ...parts, workspace: gone, root: gone, git: () => gitProgram });
    await expect(nowhere.take(before)).rejects.toMatchObject({ reason: 'folderMissing' });
  });

  it('of a snapshot is listed with its reason', async () => {
    const root = scratchFolder();
    const checkpoints = checkpointsOf(root, {
      limits: {
        fileBytes: 100,
        totalBytes: 10_000,
        totalFiles: 20,
        ignoredFileBytes: 10,
        ignoredBytes: 15,
        ignoredFolderFiles: 3,
      },
    });
    write(root, {
      '.gitignore': 'build/\nnode_modules/\n*.log\n',
      'large.bin': 'x'.repeat(101),
      'one.log': 'small',
      'two.log': 'x'.repeat(11),
      'build/a.js': 'small',
      'node_modules/a/index.js': '1',
      'node_modules/b/index.js': '1',
      'nested/.git/HEAD': 'ref: refs/heads/main\n',
      'nested/a.txt': 'a',
    });
    execFileSync('mkfifo', [path.join(root, 'pipe')]);
    const taken = await checkpoints.take(before);
    expect(taken.notCovered.map(({ path: name, reason }) => [name, reason])).toEqual([
      ['large.bin', 'tooLarge'],
      ['nested', 'nestedRepository'],
      ['node_modules', 'ignoredTooLarge'],
      ['pipe', 'special'],
      ['two.log', 'ignoredTooLarge'],
    ]);
    expect(taken.files).toBe(3);
    write(root, Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`many/${at}`, ''])));
    await expect(checkpoints.take(before)).rejects.toMatchObject({ reason: 'folderTooLarge' });
  });

  it('is counted as tracked when the index says so, although it is ignored', async () => {
    const root = scratchFolder();
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' });
    git('init', '-q');
    write(root, { '.gitignore': '*.bin\n', 'tracked.bin': 'x'.repeat(50), 'other.bin': 'x'.repeat(50) });
    git('add', '-f', 'tracked.bin');
    const limits = {
      fileBytes: 100,
      totalBytes: 1e6,
      totalFiles: 9,
      ignoredFileBytes: 10,
      ignoredBytes: 20,
      ignoredFolderFiles: 3,
    };
    const taken = await checkpointsOf(root, { limits }).take(before);
    expect(taken.notCovered.map(({ path: name }) => name)).toEqual(['other.bin']);
  });
});
