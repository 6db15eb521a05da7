import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CommandCatalog } from '../../../src/app/commandCatalog.ts';
import { ContentGrants } from '../../../src/app/contentGrants.ts';
import { ContentQuestions } from '../../../src/app/contentQuestions.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { newShortId, newUuid } from '../../../src/base/ids.ts';
import { ApprovalDesk } from '../../../src/core/tasks/approvalDesk.ts';
import { MemoryGrantStore } from '../../fixtures/memory/memoryGrantStore.ts';
import { MemoryPanelLog } from '../../fixtures/memory/memoryPanelLog.ts';
import { waitFor } from '../../harness/waitFor.ts';
import { temporaryFolder } from '../core/profiles/temporaryFolder.ts';
import { ADA } from './appStage.ts';

function prompt(name: string, text = 'x'): string {
  return `name: ${name}\ntitle: Do ${name}\ndescription: D\nprompt: ${text}\n`;
}

function chain(name: string, ...commands: string[]): string {
  const steps = commands.map((command, index) => `  - { id: s${index}, command: "${command}" }\n`);
  return `name: ${name}\ntitle: Do ${name}\ndescription: D\nsteps:\n${steps.join('')}`;
}

class CatalogStage {
  readonly folder: string;
  readonly home = temporaryFolder();
  readonly builtIn = temporaryFolder({ 'commands/lint.yaml': prompt('lint'), 'commands/tidy.yaml': prompt('tidy') });
  readonly claudeConfig = temporaryFolder();
  readonly log = new MemoryPanelLog({ source: '/test', clock: systemClock, newId: newUuid });
  readonly desk = new ApprovalDesk({ log: this.log, clock: systemClock });
  readonly grants = new MemoryGrantStore();
  readonly catalog: CommandCatalog;

  constructor(files: Readonly<Record<string, string>> = {}, home?: string) {
    const inside = Object.entries(files).map(([name, text]) => [`.claude-panel/commands/${name}.yaml`, text]);
    this.folder = temporaryFolder(Object.fromEntries(inside));
    const { folder, builtIn, claudeConfig, log, grants } = this;
    new ContentGrants({ log, desk: this.desk, grants }).follow();
    this.catalog = new CommandCatalog({
      folder,
      folders: () => [folder],
      builtIn,
      home: home ?? this.home,
      claudeConfig,
      grants,
      questions: new ContentQuestions({ folder, log, clock: systemClock, newId: newShortId }),
      clock: systemClock,
    });
    onTestFinished(() => this.catalog.dispose());
  }

  write(name: string, text: string): void {
    mkdirSync(join(this.folder, '.claude-panel/commands'), { recursive: true });
    writeFileSync(join(this.folder, `.claude-panel/commands/${name}.yaml`), text);
  }

  /** What a person would be asked before it runs, as they see it; nothing when it runs at once. */
  async asked(
    name: string,
  ): Promise<{ readonly id: string; readonly content: string; readonly files: readonly string[] } | undefined> {
    const id = this.catalog.requestApproval(await this.catalog.find(name));
    const subject = id === undefined ? undefined : this.log.approvals.get(id)?.subject;
    return subject?.kind === 'workspaceContent'
      ? { id: id ?? '', content: subject.content, files: subject.files }
      : undefined;
  }

  async approve(name: string): Promise<void> {
    const { id = '' } = (await this.asked(name)) ?? {};
    this.desk.answer(id, { choice: 'approveContent' }, ADA);
  }
}

describe('the catalogue', { timeout: 60_000 }, () => {
  it('has the commands of all three places, and what Claude Code offers', async () => {
    const stage = new CatalogStage({ lint: prompt('lint') });
    mkdirSync(join(stage.home, 'commands'));
    writeFileSync(join(stage.home, 'commands/mine.yaml'), prompt('mine'));
    mkdirSync(join(stage.claudeConfig, 'commands'));
    writeFileSync(join(stage.claudeConfig, 'commands/own.md'), 'Own.');
    const { commands, claude, faults } = await stage.catalog.list();
    expect(commands.map(({ fullName }) => fullName)).toEqual([
      'project:lint',
      'user:mine',
      'global:lint',
      'global:tidy',
    ]);
    expect(claude.map(({ name }) => name)).toEqual(['own']);
    expect(faults).toEqual([]);
  });

  it('reads its files anew each time', async () => {
    const stage = new CatalogStage();
    expect((await stage.catalog.find('lint')).command.fullName).toBe('global:lint');
    stage.write('lint', 'name: lint\n');
    await expect(stage.catalog.find('lint')).rejects.toMatchObject({ reason: 'brokenCommand' });
    expect(await stage.catalog.problems()).not.toEqual([]);
    expect((await stage.catalog.find('global:lint')).command.fullName).toBe('global:lint');
  });

  it('tells that files change, while somebody listens', async () => {
    const stage = new CatalogStage();
    let told = 0;
    const tellsAfter = async (act: () => void): Promise<void> => {
      const before = told;
      act();
      await waitFor('a change is told', () => told > before);
    };
    const subscription = stage.catalog.onDidChange(() => {
      told += 1;
    });
    await tellsAfter(() => stage.write('a', prompt('a')));
    await tellsAfter(() => {
      mkdirSync(join(stage.home, 'commands'));
      writeFileSync(join(stage.home, 'commands/b.yaml'), prompt('b'));
    });
    await tellsAfter(() => {
      mkdirSync(join(stage.folder, '.claude/skills/s'), { recursive: true });
      writeFileSync(join(stage.folder, '.claude/skills/s/SKILL.md'), 'Do.');
    });
    await tellsAfter(() => rmSync(join(stage.folder, '.claude-panel'), { recursive: true }));
    subscription.dispose();
  });

  it("takes the workspace in the home folder for the user's own", async () => {
    const folder = temporaryFolder({ '.claude-panel/commands/mine.yaml': prompt('mine') });
    const stage = new CatalogStage({}, join(folder, '.claude-panel'));
    const { commands } = await stage.catalog.list(folder);
    expect(commands.map(({ fullName }) => fullName)).toContain('user:mine');
    const inHome = new CommandCatalogIn(folder, stage);
    expect((await inHome.names()).filter(name => name.endsWith(':mine'))).toEqual(['user:mine']);
  });
});

/** A catalogue whose workspace is the home folder. */
class CommandCatalogIn {
  readonly #catalog: CommandCatalog;

  constructor(folder: string, { builtIn, claudeConfig, grants, log }: CatalogStage) {
    const questions = new ContentQuestions({ folder, log, clock: systemClock, newId: newShortId });
    const home = join(folder, '.claude-panel');
    this.#catalog = new CommandCatalog({
      folder,
      folders: () => [folder],
      builtIn,
      home,
      claudeConfig,
      grants,
      questions,
      clock: systemClock,
    });
  }

  async names(): Promise<string[]> {
    return (await this.#catalog.list()).commands.map(({ fullName }) => fullName);
  }
}

describe('the approval of a command', () => {
  it('is asked for those of a workspace only, once for exactly their text', async () => {
    const stage = new CatalogStage({ deploy: prompt('deploy', '"Deploy.\\u202E"').replace('\\u202E', '\u202e') });
    expect(await stage.asked('lint')).toBeUndefined();
    const asked = await stage.asked('deploy');
    expect(asked?.files).toEqual(['.claude-panel/commands/deploy.yaml']);
    expect(asked?.content).toContain('prompt: "Deploy.⟨U+202E⟩"');
    expect((await stage.asked('deploy'))?.id).toBe(asked?.id);
    await stage.approve('deploy');
    expect(await stage.asked('deploy')).toBeUndefined();
    stage.write('deploy', prompt('deploy', 'Deploy more.'));
    expect(await stage.asked('deploy')).toBeDefined();
  });

  it('holds for nothing when it was refused', async () => {
    const stage = new CatalogStage({ deploy: prompt('deploy') });
    const { id = '' } = (await stage.asked('deploy')) ?? {};
    stage.desk.answer(id, { choice: 'deny' }, ADA);
    expect(await stage.asked('deploy')).toBeDefined();
  });

  it('covers the commands of the workspace that it runs, each of which then counts by itself', async () => {
    const stage = new CatalogStage({ all: chain('all', 'one', 'lint'), one: chain('one', 'two'), two: prompt('two') });
    const asked = await stage.asked('all');
    expect(asked?.files).toEqual(['all', 'one', 'two'].map(name => `.claude-panel/commands/${name}.yaml`));
    await stage.approve('all');
    expect(await stage.asked('all')).toBeUndefined();
    expect(await stage.asked('two')).toBeUndefined();
    stage.write('two', prompt('two', 'other'));
    expect((await stage.asked('all'))?.files).toEqual(['.claude-panel/commands/two.yaml']);
    await stage.approve('all');
    expect(await stage.asked('one')).toBeUndefined();
  });

  it('says what would be started', async () => {
    const stage = new CatalogStage({
      ship: 'name: ship\ntitle: Ship\ndescription: D\nprofile: speed\nsteps:\n  - { id: build, run: [npm, run, build] }\n  - { id: sh, shell: true, run: make }\n  - { id: ask, approve: Now? }\n  - { id: say, prompt: x }\n  - { id: do, action: backup }\n',
    });
    const { unapproved } = await stage.catalog.find('ship');
    expect(unapproved?.headline).toContain('"ship"');
    expect(unapproved?.grants).toEqual([
      'ship: step build starts the program npm run build',
      'ship: step sh runs a script in a shell.',
      'ship: step ask asks you.',
      'ship: step say gives Claude a prompt of its own with the profile "speed".',
      'ship: step do does the action backup.',
      'ship: Files that its programs and scripts read or run are not part of this approval: they may change without a question.',
    ]);
  });
});
