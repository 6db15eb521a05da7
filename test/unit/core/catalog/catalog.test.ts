import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Catalog, findCommand, resolveCatalog } from '../../../../src/core/catalog/catalog.ts';
import type { CommandNamespace } from '../../../../src/core/catalog/command.ts';
import { readCommandFolder } from '../../../../src/core/catalog/commandFolder.ts';
import { WORKSPACE_COMMANDS } from '../../../../src/core/catalog/commandNames.ts';
import { temporaryFolder } from '../profiles/temporaryFolder.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

function prompt(name: string): string {
  return `name: ${name}\ntitle: T\ndescription: D\nprompt: x\n`;
}

function chain(name: string, ...commands: string[]): string {
  const steps = commands.map((command, index) => `  - { id: s${index}, command: "${command}" }\n`);
  return `name: ${name}\ntitle: T\ndescription: D\nsteps:\n${steps.join('')}`;
}

async function load(places: Partial<Record<CommandNamespace, Files>>, actions?: readonly string[]): Promise<Catalog> {
  const contents = Object.entries(places).map(async ([namespace, files]) => {
    const inside = Object.entries(files).map(([name, text]): [string, string | Uint8Array] => [
      `${WORKSPACE_COMMANDS}/${name}.yaml`,
      text,
    ]);
    const root = temporaryFolder(Object.fromEntries(inside));
    return readCommandFolder({ namespace: namespace as CommandNamespace, root, folder: WORKSPACE_COMMANDS });
  });
  return resolveCatalog(await Promise.all(contents), actions);
}

function namesOf({ commands }: Catalog): string[] {
  return commands.map(({ command }) => command.fullName);
}

describe('names', () => {
  it('reach the project first, then the user, then what is built in; full names reach their own', async () => {
    const catalog = await load({
      global: { a: prompt('a'), b: prompt('b'), c: prompt('c') },
      user: { a: prompt('a'), b: prompt('b') },
      project: { a: prompt('a') },
    });
    expect(namesOf(catalog)).toEqual(['project:a', 'user:a', 'user:b', 'global:a', 'global:b', 'global:c']);
    expect(['a', 'b', 'c'].map(name => findCommand(catalog, name).command.fullName)).toEqual([
      'project:a',
      'user:b',
      'global:c',
    ]);
    expect(findCommand(catalog, 'global:a').command.fullName).toBe('global:a');
    expect(catalog.commands.map(({ command }) => command.shadowedBy)).toEqual([
      undefined,
      'project:a',
      undefined,
      'project:a',
      'user:b',
      undefined,
    ]);
  });

  it('that are not there are told with the nearest ones', async () => {
    const catalog = await load({ user: { lint: prompt('lint') } });
    for (const name of ['lnit', 'user:lnit', 'project:lint', '../lint', '']) {
      expect(() => findCommand(catalog, name)).toThrowError(expect.objectContaining({ reason: 'unknownCommand' }));
    }
    expect(() => findCommand(catalog, 'lnit')).toThrowError(
      expect.objectContaining({ remedy: 'Did you mean "lint"?' }),
    );
  });

  it('of broken commands run nothing else', async () => {
    const catalog = await load({ user: { lint: prompt('lint') }, project: { lint: 'name: lint\n' } });
    expect(namesOf(catalog)).toEqual(['user:lint']);
    expect(() => findCommand(catalog, 'lint')).toThrowError(expect.objectContaining({ reason: 'brokenCommand' }));
    expect(findCommand(catalog, 'user:lint').command).toMatchObject({ shadowedBy: 'project:lint' });
  });

  it("in a built-in command reach built-in ones only, and in a user's none of a workspace", async () => {
    const catalog = await load({
      global: { lint: prompt('lint'), all: chain('all', 'lint'), sly: chain('sly', 'project:lint') },
      user: { mine: chain('mine', 'lint'), asked: chain('asked', 'project:lint') },
      project: { lint: prompt('lint'), ours: chain('ours', 'lint') },
    });
    expect(findCommand(catalog, 'lint', 'global').command.fullName).toBe('global:lint');
    expect(findCommand(catalog, 'lint', 'user').command.fullName).toBe('global:lint');
    expect(catalog.faults.map(({ reason, place }) => [reason, place.file.endsWith('sly.yaml')])).toEqual([
      ['unknownCommand', true],
    ]);
    expect(namesOf(catalog)).toContain('user:asked');
  });
});

describe('commands that run others', () => {
  it('are refused when they would run themselves, by whatever way', async () => {
    const catalog = await load({
      user: {
        a: chain('a', 'b'),
        b: chain('b', 'c'),
        c: chain('c', 'user:a', 'd'),
        d: prompt('d'),
        self: chain('self', 'self'),
        outer: chain('outer', 'a'),
      },
    });
    expect(namesOf(catalog)).toEqual(['user:d']);
    const cycles = catalog.faults.filter(({ reason }) => reason === 'commandCycle');
    expect(cycles.map(({ message }) => message)).toEqual([
      'the command would run itself: user:a → user:b → user:c → user:a.',
      'the command would run itself: user:b → user:c → user:a → user:b.',
      'the command would run itself: user:c → user:a → user:b → user:c.',
      'the command would run itself: user:self → user:self.',
    ]);
    expect(catalog.faults.find(({ place }) => place.file.endsWith('outer.yaml'))).toMatchObject({
      reason: 'unknownCommand',
      place: { line: 5 },
    });
  });

  it('are refused when the other one is missing, is broken, or gets the wrong inputs', async () => {
    const catalog = await load({
      project: {
        missing: chain('missing', 'lnit'),
        lint: `${prompt('lint')}inputs: [{ name: target, type: text }, { name: more, type: text, required: false }]\n`,
        bad: 'name: bad\n',
        broken: chain('broken', 'bad'),
        wrong: chain('wrong', 'lint').replace('"lint"', '"lint", inputs: { taget: x }'),
        right: chain('right', 'lint').replace('"lint"', '"lint", inputs: { target: x }'),
      },
    });
    expect(namesOf(catalog)).toEqual(['project:lint', 'project:right']);
    const of = (name: string) => catalog.faults.filter(({ place }) => place.file.endsWith(`/${name}.yaml`));
    expect(of('missing')).toMatchObject([{ reason: 'unknownCommand', remedy: 'Did you mean "lint"?' }]);
    expect(of('broken')).toMatchObject([{ reason: 'unknownCommand', place: { line: 5 } }]);
    expect(of('wrong').map(({ reason }) => reason)).toEqual(['badInput', 'badInput']);
  });

  it('are refused for a written input that does not fit, at its place, and not for one that is filled in later', async () => {
    const inputs = '[{ name: depth, type: choice, choices: [quick, deep] }, { name: most, type: number, default: 1 }]';
    const step = (given: string) => chain('x', 'lint').replace('"lint"', `"lint", inputs: ${given}`);
    const catalog = await load({
      project: {
        lint: `${prompt('lint')}inputs: ${inputs}\n`,
        wrong: step('{ depth: dep, most: three }').replace('name: x', 'name: wrong'),
        right: step('{ depth: "${{ workspace.folder }}", most: "3" }').replace('name: x', 'name: right'),
      },
    });
    expect(namesOf(catalog)).toEqual(['project:lint', 'project:right']);
    expect(catalog.faults.map(({ message, place }) => [message, place.line, place.column])).toEqual([
      ['the input "depth" of the command "lint" must be one of quick, deep.', 5, 49],
      ['the input "most" of the command "lint" must be a number.', 5, 60],
    ]);
  });

  it('are refused for actions that are not there, when the actions are known', async () => {
    const files = {
      global: {
        a: prompt('a').replace('prompt: x', 'action: bakcup'),
        b: prompt('b').replace('prompt: x', 'action: backup'),
      },
    };
    expect((await load(files)).faults).toEqual([]);
    const catalog = await load(files, ['backup']);
    expect(catalog.faults).toMatchObject([{ reason: 'unknownAction', remedy: 'Did you mean "backup"?' }]);
    expect(namesOf(catalog)).toEqual(['global:b']);
  });
});

describe('a folder of commands', { timeout: 30_000 }, () => {
  it('may be missing', async () => {
    expect(await readCommandFolder({ namespace: 'user', root: '/nowhere', folder: 'commands' })).toEqual({
      entries: [],
      faults: [],
    });
  });

  it('keeps the good ones, whatever else is in it', async () => {
    const root = temporaryFolder({
      'commands/good.yaml': prompt('good'),
      'commands/large.yaml': `# ${'x'.repeat(10 * 1024 * 1024)}\n${prompt('large')}`,
      'commands/binary.yaml': new Uint8Array([0, 1, 2, 255]),
      'commands/Case.yaml': prompt('case'),
      'commands/other.yml': prompt('other'),
      'commands/two\nlines.yaml': prompt('lines'),
      'commands/.#good.yaml': 'an editor',
      'commands/good.yaml~': 'an editor',
      'commands/README.md': 'words',
      'commands/below/deep.yaml': prompt('deep'),
    });
    mkdirSync(join(root, 'commands/folder.yaml'));
    const { entries, faults } = await readCommandFolder({ namespace: 'user', root, folder: 'commands' });
    expect(
      entries.map(({ name, parsed }) => [name, parsed.state === 'good' ? 'good' : parsed.faults[0].reason]),
    ).toEqual([
      ['binary', 'notText'],
      ['folder', 'notAFile'],
      ['good', 'good'],
      ['large', 'tooLarge'],
    ]);
    expect(faults.map(({ reason, place }) => [reason, place.file.replace(root, '')])).toEqual([
      ['wrongName', '/commands/Case.yaml'],
      ['wrongName', '/commands/other.yml'],
      ['wrongName', '/commands/two\nlines.yaml'],
    ]);
  });

  it.runIf(process.platform !== 'win32')("follows a link out of it only when it is the user's own", async () => {
    const elsewhere = temporaryFolder({ 'a.yaml': prompt('a') });
    const root = temporaryFolder({ 'commands/b.yaml': prompt('b') });
    symlinkSync(join(elsewhere, 'a.yaml'), join(root, 'commands/a.yaml'));
    const read = async (namespace: CommandNamespace) =>
      (await readCommandFolder({ namespace, root, folder: 'commands' })).entries.map(({ parsed }) => parsed.state);
    expect(await read('user')).toEqual(['good', 'good']);
    expect(await read('project')).toEqual(['bad', 'good']);
  });

  it('has an end', async () => {
    const root = temporaryFolder({ 'commands/a.yaml': prompt('a') });
    for (let index = 0; index < 501; index += 1) {
      writeFileSync(join(root, `commands/x${index}.yaml`), '');
    }
    const { entries, faults } = await readCommandFolder({ namespace: 'user', root, folder: 'commands' });
    expect(entries).toHaveLength(500);
    expect(faults).toMatchObject([{ reason: 'tooLarge' }]);
  });
});
