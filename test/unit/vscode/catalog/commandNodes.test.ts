import { describe, expect, it } from 'vitest';
import type { CommandListing } from '../../../../src/app/commandCatalog.ts';
import type { CatalogCommand, CommandNamespace } from '../../../../src/core/catalog/command.ts';
import { commandIcon, shadowText } from '../../../../src/vscode/catalog/commandLook.ts';
import { type CommandNode, commandNodes } from '../../../../src/vscode/catalog/commandNodes.ts';

function command(namespace: CommandNamespace, name: string, change: Partial<CatalogCommand> = {}): CatalogCommand {
  return {
    name,
    namespace,
    fullName: `${namespace}:${name}`,
    title: name,
    description: '',
    inputs: [],
    limits: {},
    requiresSnapshot: false,
    body: { kind: 'prompt', prompt: 'x' },
    file: `/x/${name}.yaml`,
    fingerprint: name,
    ...change,
  };
}

const listing = (...commands: CatalogCommand[]): CommandListing => ({ commands, broken: [], faults: [], claude: [] });
const shape = (nodes: readonly CommandNode[]): unknown =>
  nodes.map(node =>
    node.kind === 'group'
      ? [node.title, shape(node.nodes)]
      : node.kind === 'command'
        ? node.command.fullName
        : node.kind,
  );

describe('the tree of commands', () => {
  it('is by namespace, the nearest one first, and offers to write one where there is none', () => {
    const commands = listing(command('project', 'notes'), command('global', 'notes'), command('global', 'audit'));
    expect(shape(commandNodes([{ name: 'shop', path: '/shop', listing: commands }], () => true))).toEqual([
      ['Project', ['project:notes']],
      ['User', ['new']],
      ['Built in', ['global:notes', 'global:audit']],
    ]);
  });

  it('shows files that cannot be read among the others, and what Claude Code itself offers', () => {
    const all: CommandListing = {
      ...listing(),
      broken: [
        {
          namespace: 'user',
          name: 'bad',
          fullName: 'user:bad',
          file: '/bad.yaml',
          faults: [{ reason: 'wrongBody', message: 'It has two bodies.', place: { file: '/bad.yaml' } }],
        } as unknown as CommandListing['broken'][number],
      ],
      claude: [{ kind: 'agent', name: 'reviewer', description: '', source: 'project', file: '/a.md' }],
    };
    const nodes = commandNodes([{ name: 'shop', path: '/shop', listing: all }], () => true);
    expect(shape(nodes)).toEqual([
      ['Project', ['new']],
      ['User', ['broken']],
      ['Built in', []],
      ['Claude Code', ['claude']],
    ]);
  });

  it('has a group for each folder, and what is not revealed in none', () => {
    const folders = ['one', 'two'].map(name => ({
      name,
      path: `/${name}`,
      listing: listing(command('project', `of-${name}`), command('global', 'god-mode')),
    }));
    expect(shape(commandNodes(folders, ({ name }) => name !== 'god-mode'))).toEqual([
      ['Project: one', ['project:of-one']],
      ['Project: two', ['project:of-two']],
      ['User', ['new']],
      ['Built in', []],
    ]);
    expect(commandNodes([], () => true)).toEqual([]);
  });
});

describe('a command in lists', () => {
  it('has an icon of its own, or one that says what it is', () => {
    expect(commandIcon(command('user', 'a', { icon: 'flame' }))).toBe('flame');
    expect(commandIcon(command('user', 'a'))).toBe('comment');
    expect(commandIcon(command('user', 'a', { body: { kind: 'steps', steps: [] } }))).toBe('list-tree');
  });

  it('says what shadows it and how it is still reached', () => {
    expect(shadowText(command('global', 'a', { shadowedBy: 'project:a' }))).toBe(
      'shadowed by project:a: run it as global:a',
    );
    expect(shadowText(command('global', 'a'))).toBe('');
  });
});
