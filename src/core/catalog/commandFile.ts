import { basename } from 'node:path';
import { fingerprintOf } from '../security/fingerprint.ts';
import type { FilePlace } from '../validation/fileFault.ts';
import { shapeFaults } from '../validation/shapeFaults.ts';
import { readYaml, type YamlText } from '../validation/yamlText.ts';
import { type CommandFault, wrongFileName, wrongName } from './catalogFaults.ts';
import type { CatalogCommand, CommandBody, CommandNamespace } from './command.ts';
import { checkBody } from './commandChecks.ts';
import { COMMAND_NAME, type CommandFile, commandFileSchema } from './commandSchema.ts';
import { commandWords } from './commandWords.ts';
import { checkInputs } from './inputChecks.ts';
import { leafSteps, stepGraph } from './stepGraph.ts';

export const COMMAND_FILE_ENDING = '.yaml';
export const MOST_COMMAND_BYTES = 256 * 1024;
/** Of one file; more would help nobody. */
const MOST_FAULTS = 50;

/** Another command that one of its steps runs, and where that is written. */
export interface CommandUse {
  readonly stepId: string;
  readonly reference: string;
  /** As they are written: values are not filled in. */
  readonly inputs: Readonly<Record<string, string | number | boolean>>;
  readonly place: FilePlace;
  placeOfInput(name: string): FilePlace;
}

/** An action that it runs, and where that is written. */
export interface ActionUse {
  readonly action: string;
  readonly place: FilePlace;
}

export type ParsedCommand =
  | {
      readonly state: 'good';
      readonly command: CatalogCommand;
      /** Its text, for the approval of a workspace's command. */
      readonly text: string;
      readonly uses: readonly CommandUse[];
      readonly actions: readonly ActionUse[];
    }
  | { readonly state: 'bad'; readonly faults: readonly [CommandFault, ...CommandFault[]] };

/**
 * Reads one command. Never rejects: everything that is wrong stands in the result, each with its place.
 *
 * @param file absolute; its name is that of the command
 */
export async function parseCommandFile(
  text: string,
  file: string,
  namespace: CommandNamespace,
): Promise<ParsedCommand> {
  const name = commandNameOf(file);
  if (name === undefined) {
    return { state: 'bad', faults: [wrongFileName(file, basename(file))] };
  }
  const yaml = readYaml(text, file);
  const [broken, ...others] = yaml.faults.map(({ fault }): CommandFault => fault);
  if (broken !== undefined) {
    return { state: 'bad', faults: [broken, ...others] };
  }
  const { value } = yaml;
  const parsed = commandFileSchema.safeParse(value);
  const faults: CommandFault[] = parsed.success
    ? await faultsOf(parsed.data, name, yaml)
    : shapeFaults({ yaml, base: [], value }, parsed.error.issues, commandWords(value));
  const [first, ...more] = faults.slice(0, MOST_FAULTS);
  if (first !== undefined || !parsed.success) {
    return { state: 'bad', faults: [first ?? wrongFileName(file, basename(file)), ...more] };
  }
  const entry = parsed.data;
  const leaves = leafSteps(entry.steps ?? []);
  return {
    state: 'good',
    command: commandOf(entry, { file, namespace, text }),
    text,
    uses: leaves.flatMap(({ step, path }): CommandUse[] =>
      'command' in step
        ? [
            {
              stepId: step.id,
              reference: step.command,
              inputs: step.inputs ?? {},
              place: yaml.placeOf([...path, 'command']),
              placeOfInput: name => yaml.placeOf([...path, 'inputs', name]),
            },
          ]
        : [],
    ),
    actions: [
      ...(entry.action === undefined ? [] : [{ action: entry.action, place: yaml.placeOf(['action']) }]),
      ...leaves.flatMap(({ step, path }): ActionUse[] =>
        'action' in step ? [{ action: step.action, place: yaml.placeOf([...path, 'action']) }] : [],
      ),
    ],
  };
}

/** The name that a file's command must have; nothing when no command can be called like that. */
export function commandNameOf(file: string): string | undefined {
  const name = basename(file);
  const bare = name.endsWith(COMMAND_FILE_ENDING) ? name.slice(0, -COMMAND_FILE_ENDING.length) : '';
  return COMMAND_NAME.test(bare) && bare.length <= 64 ? bare : undefined;
}

async function faultsOf(entry: CommandFile, name: string, yaml: YamlText): Promise<CommandFault[]> {
  const named = entry.name === name ? [] : [wrongName(yaml.placeOf(['name']), entry.name, name)];
  return [...named, ...checkInputs(entry.inputs ?? [], yaml), ...(await checkBody(entry, yaml))];
}

function commandOf(
  entry: CommandFile,
  { file, namespace, text }: { file: string; namespace: CommandNamespace; text: string },
): CatalogCommand {
  const { name, title, description, icon, inputs = [], profile, limits = {}, snapshot } = entry;
  return {
    name,
    namespace,
    fullName: `${namespace}:${name}`,
    title,
    description,
    ...(icon === undefined ? {} : { icon }),
    inputs,
    ...(profile === undefined ? {} : { profile }),
    limits,
    requiresSnapshot: snapshot === 'required',
    body: bodyOf(entry),
    file,
    fingerprint: fingerprintOf({ file, text }),
  };
}

function bodyOf({ prompt, mcp, action, with: values, steps }: CommandFile): CommandBody {
  if (prompt !== undefined) {
    return { kind: 'prompt', prompt, ...(mcp === undefined ? {} : { mcp }) };
  }
  return action === undefined
    ? { kind: 'steps', steps: stepGraph(steps ?? []) }
    : { kind: 'action', action, with: values ?? {} };
}
