import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/app/following/exitCode.ts';
import { COMMANDS, GLOBAL_OPTIONS } from '../../../src/cli/commandTable.ts';
import { PHASES } from '../../../src/cli/progress/stateWords.ts';
import type { TaskRow } from '../../../src/cli/progress/taskRow.ts';
import { ENVIRONMENT } from '../../../src/cli/settingsFromEnvironment.ts';
import { migration1 } from '../../../src/store/migrations/migration1.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
const read = (...parts: string[]): string => readFileSync(path.join(ROOT, ...parts), 'utf8');
const document = read('docs', 'cli.md');

/** The first cells of the table rows that have this many cells or more. */
const firstCells = document.split('\n').flatMap(line => (line.startsWith('| ') ? [line.split(' | ')[0] ?? ''] : []));
const isRow = (text: string): boolean => firstCells.some(cell => cell.includes(text));

describe('docs/cli.md', () => {
  it.each(COMMANDS.flatMap(({ name, aliases = [] }) => [name, ...aliases]))('documents the command %s', name => {
    expect(firstCells.some(cell => new RegExp(`\`${name}( |\`)`).test(cell))).toBe(true);
  });

  it.each([...new Set([...GLOBAL_OPTIONS, ...COMMANDS.flatMap(command => command.options)].map(({ name }) => name))])(
    'documents the option --%s',
    name => {
      expect(firstCells.some(cell => new RegExp(`\`--${name}( |\`)`).test(cell))).toBe(true);
    },
  );

  it.each(Object.values(EXIT))('documents the exit code %i', code => {
    expect(isRow(`| ${code}`)).toBe(true);
  });

  it('documents every event type, and no other', () => {
    const sources = [
      read('src', 'core', 'tasks', 'taskFact.ts'),
      read('src', 'core', 'approvals', 'approvalFact.ts'),
      read('src', 'core', 'chains', 'chainFact.ts'),
      read('src', 'core', 'checkpoints', 'checkpointFact.ts'),
      read('src', 'core', 'review', 'reviewFact.ts'),
    ].join('\n');
    const types = (text: string): string[] => [
      ...new Set(
        [...text.matchAll(/claude-panel\.(?:task|approval|chain|checkpoint|review)\.[a-zA-Z]+/g)].map(
          match => match[0],
        ),
      ),
    ];
    const rows = firstCells.filter(cell => cell.startsWith('| `claude-panel.'));
    expect(types(rows.join('\n')).sort()).toEqual(types(sources).sort());
  });

  it.each(PHASES)('documents the state %s', state => {
    expect(document).toContain(`\`${state}\``);
  });

  it.each(Object.values(ENVIRONMENT))('documents the variable %s', name => {
    expect(isRow(`| \`${name}\``)).toBe(true);
  });

  it('documents the columns of events, all of them', () => {
    const section = document.slice(document.indexOf('Table `events`'), document.indexOf('Table `tasks`'));
    for (const column of columnsOf('events')) {
      expect(section).toContain(`\`${column}\``);
    }
  });

  it('documents columns of tasks that the file has and that list prints', () => {
    const section = document.slice(document.indexOf('Table `tasks`'));
    const documented = section
      .split('\n')
      .filter(line => line.startsWith('| `'))
      .flatMap(line => [...(line.split(' | ')[0] ?? '').matchAll(/`(\w+)`/g)].map(match => match[1] ?? ''))
      .filter(name => !name.startsWith('CLAUDE_') && name !== 'NO_COLOR');
    const printed: Record<keyof TaskRow, true> = {
      id: true,
      title: true,
      state: true,
      profile: true,
      session_id: true,
      cwd: true,
      model: true,
      cost_usd: true,
      created: true,
      ended: true,
      owner_host: true,
      archived: true,
    };
    expect(documented.sort()).toEqual(Object.keys(printed).sort());
    expect(columnsOf('tasks')).toEqual(expect.arrayContaining(documented));
  });
});

function columnsOf(table: string): readonly string[] {
  const body = new RegExp(`create table ${table} \\(\\n([^;]*)\\n\\) strict`).exec(migration1.sql)?.[1] ?? '';
  return [...body.matchAll(/^ {2}(\w+) (?:text|integer|real)/gm)].map(match => match[1] ?? '');
}
