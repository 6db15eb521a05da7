import { claudeConfigFolder } from '../../app/claudeConfigFolder.ts';
import { readCommands } from '../../app/commandSources.ts';
import { EXIT } from '../../app/following/exitCode.ts';
import type { BrokenCommand } from '../../core/catalog/catalog.ts';
import { readClaudeOwnCommands } from '../../core/catalog/claudeOwnCommands.ts';
import type { CatalogCommand, ClaudeOwnCommand } from '../../core/catalog/command.ts';
import type { CommandInput } from '../../core/catalog/commandSchema.ts';
import { isRequired } from '../../core/catalog/inputValues.ts';
import { commandPlaces } from '../commandPlaces.ts';
import type { CommandAction } from '../commandSpec.ts';
import { faultLine, faultRow } from '../progress/faultLine.ts';
import type { Paint } from '../terminal/palette.ts';
import { oneLine } from '../terminal/plainText.ts';

/** Everything that can be run by its name. */
export const commands: CommandAction = async (context, given) => {
  const { terminal, directory, environment } = context;
  const places = commandPlaces(context, given);
  const catalog = await readCommands(places);
  const own = await readClaudeOwnCommands(places.folder, claudeConfigFolder(environment));
  const listed = catalog.commands.map(({ command }) => command);
  if (given.flag('json')) {
    const rows = [...listed.map(commandRow), ...catalog.broken.map(brokenRow), ...own.map(ownRow)];
    terminal.line(JSON.stringify(rows, undefined, 2));
    return EXIT.succeeded;
  }
  for (const line of [
    ...listed.flatMap(command => commandLines(command, terminal.paint)),
    ...catalog.broken.flatMap(broken => brokenLines(broken, terminal.paint)),
    ...own.flatMap(one => ownLines(one, terminal.paint)),
  ]) {
    terminal.line(line);
  }
  for (const fault of catalog.faults) {
    terminal.say(faultLine(fault, directory));
  }
  return EXIT.succeeded;
};

function commandRow(command: CatalogCommand): object {
  const { name, namespace, fullName, title, description, inputs, profile, limits, requiresSnapshot, body, file } =
    command;
  return {
    kind: 'command',
    name,
    namespace,
    full_name: fullName,
    title,
    description,
    icon: command.icon ?? null,
    inputs: inputs.map(input => ({ ...input, required: isRequired(input) })),
    profile: profile ?? null,
    limits,
    requires_snapshot: requiresSnapshot,
    body: body.kind,
    file,
    shadowed_by: command.shadowedBy ?? null,
    problems: [],
  };
}

function brokenRow({ name, namespace, fullName, file, faults }: BrokenCommand): object {
  return { kind: 'command', name, namespace, full_name: fullName, file, problems: faults.map(faultRow) };
}

function ownRow({ kind, name, source, description, file }: ClaudeOwnCommand): object {
  return { kind, name, namespace: source, full_name: fullOwnName({ kind, name }), description, file, problems: [] };
}

function commandLines(command: CatalogCommand, paint: Paint): readonly string[] {
  const marks = [
    oneLine(command.title),
    command.body.kind === 'steps' ? `chain of ${command.body.steps.length}` : command.body.kind,
    command.shadowedBy === undefined ? '' : `${command.name} alone reaches ${command.shadowedBy}`,
  ];
  return [
    `${paint('bold', command.fullName)}  ${paint('dim', marks.filter(Boolean).join(' · '))}`,
    `  ${oneLine(command.description)}`,
    ...command.inputs.map(input => `  - ${oneLine(describeInput(input))}`),
  ];
}

function brokenLines({ fullName, faults }: BrokenCommand, paint: Paint): readonly string[] {
  const count = `${faults.length} problem${faults.length === 1 ? '' : 's'}`;
  return [`${paint('bold', fullName)}  ${paint('red', `cannot be used: ${count} in its file`)}`];
}

function ownLines(own: ClaudeOwnCommand, paint: Paint): readonly string[] {
  const kind = { slashCommand: 'slash command', skill: 'skill', agent: 'agent' }[own.kind];
  return [
    `${paint('bold', fullOwnName(own))}  ${paint('dim', `${kind} of Claude Code · ${own.source}`)}`,
    ...(own.description === '' ? [] : [`  ${oneLine(own.description)}`]),
  ];
}

function fullOwnName({ kind, name }: Pick<ClaudeOwnCommand, 'kind' | 'name'>): string {
  return kind === 'agent' ? `agent ${name}` : `/${name}`;
}

function describeInput(input: CommandInput): string {
  const what = {
    text: 'text',
    choice: input.type === 'choice' ? `one of ${input.choices.join(', ')}` : '',
    number: 'number',
    boolean: 'true or false',
    file: 'file',
    folder: 'folder',
    gitRef: 'branch, tag or commit',
  }[input.type];
  const without = input.default === undefined ? (isRequired(input) ? 'required' : '') : `${input.default} when absent`;
  return [`${input.name}: ${what}`, without, input.title ?? input.description ?? ''].filter(Boolean).join('; ');
}
