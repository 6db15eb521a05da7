import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import * as tar from 'tar';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backupFolder, newestBackup } from '../../../src/app/backup/backupPlaces.ts';
import { type Backup, BackupService } from '../../../src/app/backup/backupService.ts';
import { type RestorePlan, withArchive } from '../../../src/app/backup/restore.ts';
import { readUserKey } from '../../../src/app/userKeyFile.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { newUuid } from '../../../src/base/ids.ts';
import { ownIdentity } from '../../../src/core/process/processIdentity.ts';
import { systemProcesses } from '../../../src/core/process/processTree.ts';
import { openPanelStore, type PanelStore } from '../../../src/store/panelStore.ts';
import { created } from '../../contract/panelLog/sampleFacts.ts';

class BackupStage {
  readonly root = realpathSync(mkdtempSync(path.join(tmpdir(), 'backup-')));
  readonly folder = path.join(this.root, 'my shop');
  readonly home = path.join(this.root, 'home');

  constructor() {
    mkdirSync(this.folder);
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true, maxRetries: 5 }));
  }

  open(home = this.home): PanelStore {
    const store = openPanelStore({
      folder: this.folder,
      source: '/test',
      clock: systemClock,
      newId: newUuid,
      userKey: readUserKey(home),
    });
    onTestFinished(() => store.dispose());
    return store;
  }

  write(file: string, text: string): void {
    const place = path.join(this.folder, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  make(store: PanelStore, keep = 10): Promise<Backup> {
    const { folder, home } = this;
    const service = new BackupService({ folder, home, store, userKey: readUserKey(home), clock: systemClock });
    return service.make({ keep, signal: new AbortController().signal, report: () => undefined });
  }

  plan(archive: string, home = this.home): Promise<RestorePlan> {
    return withArchive(this.#options(archive, home), async ({ plan }) => plan);
  }

  restore(archive: string): Promise<string> {
    return withArchive(this.#options(archive, this.home), ({ apply }) => apply());
  }

  #options(archive: string, home: string) {
    return {
      archive,
      folder: this.folder,
      home,
      userKey: readUserKey(home),
      now: Date.now(),
      processes: systemProcesses(),
    };
  }

  /** An archive with a manifest that fits it, however wicked it is. */
  async craft(
    entries: Readonly<Record<string, string>>,
    change: (staging: string) => void = () => undefined,
  ): Promise<string> {
    const staging = mkdtempSync(path.join(this.root, 'craft-'));
    const files = Object.entries(entries).map(([name, text]) => {
      // What leads out must not be written there by the test itself.
      const place = path.join(staging, name.replaceAll('../', 'UP/'));
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, text);
      return { name, size: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
    });
    const manifest = { format: 1, created: new Date().toISOString(), workspace: 'x', product: '1', files, leftOut: [] };
    writeFileSync(path.join(staging, 'manifest.json'), JSON.stringify(manifest));
    change(staging);
    const archive = path.join(this.root, `${path.basename(staging)}.tar.gz`);
    await tar.create(
      {
        file: archive,
        cwd: staging,
        gzip: true,
        preservePaths: true,
        onWriteEntry: entry => {
          entry.path = entry.path.replaceAll('UP/', '../');
        },
      },
      readdirSync(staging),
    );

    return archive;
  }
}

const task = (store: PanelStore, id: string, title: string): void => {
  store.log.append([{ subject: id, facts: [created({ title })] }]);
};

describe('a backup', () => {
  it('brings back the tasks and the files as they were, and keeps what was there', async () => {
    const stage = new BackupStage();
    const store = stage.open();
    task(store, 't1', 'Before the backup');
    stage.write('.claude/agents/reviewer.md', 'one');
    stage.write('.claude/run.sh', '#!/bin/sh\n');
    chmodSync(path.join(stage.folder, '.claude/run.sh'), 0o755);
    stage.write('.claude-panel/profiles.yaml', 'version: 1\n');
    const { archive, files } = await stage.make(store);
    expect(statSync(archive).mode & 0o777).toBe(0o600);
    expect(files).toBe(5);

    task(store, 't2', 'After the backup');
    store.dispose();
    stage.write('.claude/agents/reviewer.md', 'two');
    stage.write('.claude/agents/newer.md', 'stays');
    rmSync(path.join(stage.folder, '.claude/run.sh'));
    const { steps } = await stage.plan(archive);
    expect(Object.fromEntries(steps.map(({ place, change }) => [place, change]))).toEqual({
      '.claude-panel/panel.db': 'replaces',
      '.claude-panel/.gitignore': 'same',
      '.claude-panel/profiles.yaml': 'same',
      '.claude/agents/reviewer.md': 'replaces',
      '.claude/run.sh': 'new',
    });
    expect(stage.read('.claude/agents/reviewer.md')).toBe('two');

    const kept = await stage.restore(archive);
    expect(stage.read('.claude/agents/reviewer.md')).toBe('one');
    expect(stage.read(`${kept}/.claude/agents/reviewer.md`)).toBe('two');
    expect(stage.read('.claude/agents/newer.md')).toBe('stays');
    expect(existsSync(path.join(stage.folder, kept, '.claude-panel/panel.db'))).toBe(true);
    const again = stage.open();
    expect(again.log.tasks.list().map(({ title }) => title)).toEqual(['Before the backup']);
    expect(again.notices.map(({ reason }) => reason)).not.toContain('foreign');
  });

  it('holds a moment of the workspace file while it is written to', async () => {
    const stage = new BackupStage();
    const store = stage.open();
    for (let index = 0; index < 300; index += 1) {
      task(store, `t${index}`, `Task ${index}`);
    }
    const making = stage.make(store);
    task(store, 'late', 'Late');
    const { archive } = await making;
    store.dispose();
    await stage.restore(archive);
    const titles = stage
      .open()
      .log.tasks.list({ limit: 1000 })
      .map(({ id }) => id);
    expect(titles.filter(id => id !== 'late')).toHaveLength(300);
  });

  it('leaves out links and working copies, and says so', async () => {
    const stage = new BackupStage();
    const store = stage.open();
    writeFileSync(path.join(stage.root, 'secret'), 'not yours');
    mkdirSync(path.join(stage.folder, '.claude'));
    symlinkSync(path.join(stage.root, 'secret'), path.join(stage.folder, '.claude', 'link.md'));
    stage.write('.claude/worktrees/one/file', 'x');
    const { leftOut, archive } = await stage.make(store);
    expect(leftOut).toEqual([
      '.claude/link.md: a link, or no file',
      '.claude/worktrees: working copies of the repository',
    ]);
    expect(execFileSync('tar', ['-xzOf', archive]).toString('latin1')).not.toContain('not yours');
  });

  it('keeps as many as it was told to, the newest ones, and nothing else goes', async () => {
    const stage = new BackupStage();
    const store = stage.open();
    const place = await backupFolder(stage.home, stage.folder);
    mkdirSync(place, { recursive: true });
    for (const name of ['20200101T000000Z.tar.gz', '20200102T000000Z.tar.gz', 'mine.tar.gz']) {
      writeFileSync(path.join(place, name), '');
    }
    const { removed, archive } = await stage.make(store, 2);
    expect(removed).toEqual(['20200101T000000Z.tar.gz']);
    expect(readdirSync(place).sort()).toEqual(
      ['20200102T000000Z.tar.gz', path.basename(archive), 'mine.tar.gz'].sort(),
    );
    expect(Date.now() - ((await newestBackup(stage.home, stage.folder)) ?? 0)).toBeLessThan(60_000);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const stage = new BackupStage();
    const store = stage.open();
    const abort = new AbortController();
    const { folder, home } = stage;
    const service = new BackupService({ folder, home, store, userKey: readUserKey(home), clock: systemClock });
    const report = (text: string): void =>
      text.startsWith('Unpacking') ? abort.abort(new Error('stopped')) : undefined;
    await expect(service.make({ keep: 1, signal: abort.signal, report })).rejects.toThrow('stopped');
    expect(readdirSync(await backupFolder(home, folder))).toEqual([]);
  });
});

describe('restoring', () => {
  it('refuses every archive that is not as it was made', async () => {
    const stage = new BackupStage();
    const good = await stage.craft({ 'claude/a.md': 'a' });
    expect((await stage.plan(good)).steps).toEqual([{ place: '.claude/a.md', change: 'new' }]);
    const bad: Readonly<Record<string, string>> = {
      'a file that leads out': await stage.craft({ 'claude/../../evil': 'x' }),
      'a file at the top': await stage.craft({ 'claude/a.md': 'a' }, staging => {
        writeFileSync(path.join(staging, 'UP'), 'x');
      }),
      "a snapshot's settings": await stage.craft({ 'panel/checkpoints/one.git/config': '[core]' }),
      'the same, for disks that do not tell letters apart': await stage.craft({ 'panel/Checkpoints/config': 'x' }),
      'a log beside the workspace file': await stage.craft({ 'panel/panel.db-wal': 'x' }),
      'a file beside': await stage.craft({ 'other/evil': 'x' }),
      'a file that is not listed': await stage.craft({}, staging => {
        mkdirSync(path.join(staging, 'claude'));
        writeFileSync(path.join(staging, 'claude', 'extra'), 'x');
      }),
      'another content': await stage.craft({ 'claude/a.md': 'a' }, staging =>
        writeFileSync(path.join(staging, 'claude', 'a.md'), 'b'),
      ),
      'a link': await stage.craft({}, staging => {
        mkdirSync(path.join(staging, 'claude'));
        symlinkSync('/etc/passwd', path.join(staging, 'claude', 'a.md'));
      }),
      'a link to a folder, and a file through it': await stage.craft({ 'claude/a.md': 'a' }, staging => {
        rmSync(path.join(staging, 'claude'), { recursive: true });
        symlinkSync(stage.root, path.join(staging, 'claude'));
      }),
      'no list': await stage.craft({ 'claude/a.md': 'a' }, staging => rmSync(path.join(staging, 'manifest.json'))),
      'no archive': (() => {
        const file = path.join(stage.root, 'text.tar.gz');
        writeFileSync(file, 'no archive at all');
        return file;
      })(),
    };
    for (const [what, archive] of Object.entries(bad)) {
      await expect(stage.plan(archive), what).rejects.toMatchObject({ reason: 'badArchive' });
    }
    expect(existsSync(path.join(stage.root, 'evil'))).toBe(false);
    expect(readdirSync(stage.folder)).toEqual([]);
    expect(readdirSync(stage.home).filter(name => name.startsWith('restoring-'))).toEqual([]);
  });

  it('refuses a workspace file of another user', async () => {
    const stage = new BackupStage();
    const { archive } = await stage.make(stage.open());
    await expect(stage.plan(archive, path.join(stage.root, 'other home'))).rejects.toMatchObject({
      reason: 'foreignArchive',
    });
  });

  it('writes nothing through a link that leads out of the workspace', async () => {
    const stage = new BackupStage();
    const archive = await stage.craft({ 'claude/a.md': 'a' });
    const outside = path.join(stage.root, 'outside');
    mkdirSync(outside);
    symlinkSync(outside, path.join(stage.folder, '.claude'));
    await expect(stage.restore(archive)).rejects.toMatchObject({ reason: 'placeOutside' });
    expect(readdirSync(outside)).toEqual([]);
  });

  it('writes nothing through a link beside a file, or at its place, and keeps the link', async () => {
    const stage = new BackupStage();
    const archive = await stage.craft({ 'claude/a.md': 'a' });
    const outside = path.join(stage.root, 'outside');
    writeFileSync(outside, 'not yours');
    stage.write('.claude/b.md', 'b');
    symlinkSync(outside, path.join(stage.folder, '.claude/a.md'));
    symlinkSync(outside, path.join(stage.folder, '.claude/a.md.restoring'));
    const kept = await stage.restore(archive);
    expect(readFileSync(outside, 'utf8')).toBe('not yours');
    expect(lstatSync(path.join(stage.folder, '.claude/a.md')).isFile()).toBe(true);
    expect(stage.read('.claude/a.md')).toBe('a');
    expect(readlinkSync(path.join(stage.folder, kept, '.claude/a.md'))).toBe(outside);
    expect(readdirSync(path.join(stage.folder, '.claude')).sort()).toEqual(['a.md', 'a.md.restoring', 'b.md']);
  });

  it('moves nothing out of the workspace through a link', async () => {
    const stage = new BackupStage();
    const archive = await stage.craft({ 'claude/a.md': 'new' });
    const outside = path.join(stage.root, 'outside');
    mkdirSync(outside);
    stage.write('.claude/a.md', 'old');
    symlinkSync(outside, path.join(stage.folder, '.claude-panel'));
    await expect(stage.restore(archive)).rejects.toMatchObject({ reason: 'placeOutside' });
    expect(readdirSync(outside)).toEqual([]);
    expect(stage.read('.claude/a.md')).toBe('old');
  });

  it('waits until no other program works on the workspace', async () => {
    const stage = new BackupStage();
    const store = stage.open();
    stage.write('.claude/a.md', 'one');
    const { archive } = await stage.make(store);
    stage.write('.claude/a.md', 'two');
    const process = await ownIdentity(systemProcesses());
    const record = { id: 'w1', surface: 'VS Code window', process, machine: hostname(), started: 1, takesQueued: true };
    store.hosts.add({ ...record, seen: Date.now() });
    expect((await stage.plan(archive)).steps).toHaveLength(3);
    await expect(stage.restore(archive)).rejects.toMatchObject({
      reason: 'inUse',
      detail: expect.stringContaining('VS Code window (process'),
    });
    expect(stage.read('.claude/a.md')).toBe('two');
    store.hosts.remove('w1');
    // One that has died does not count.
    store.hosts.add({ ...record, process: { ...process, started: 'long ago' }, seen: 1 });
    store.dispose();
    await stage.restore(archive);
    expect(stage.read('.claude/a.md')).toBe('one');
  });

  it('says so when there is no such archive', async () => {
    const stage = new BackupStage();
    await expect(stage.plan(path.join(stage.root, 'none.tar.gz'))).rejects.toMatchObject({ reason: 'noArchive' });
  });
});
