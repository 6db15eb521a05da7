import { type FileFault, type FileFaultReason, type FilePlace, fileFault } from '../validation/fileFault.ts';

export type CommandFaultReason =
  | FileFaultReason
  | 'wrongName'
  | 'wrongBody'
  | 'wrongStep'
  | 'duplicateName'
  | 'unknownStep'
  | 'stepCycle'
  | 'badReference'
  | 'badExpression'
  | 'notFilledIn'
  | 'badInput'
  | 'unknownCommand'
  | 'unknownAction'
  | 'commandCycle';

/** What keeps a command from being used, at its place. The file is an absolute path. */
export type CommandFault = FileFault<CommandFaultReason>;

export function wrongName(place: FilePlace, name: string, wanted: string): CommandFault {
  return fileFault('wrongName', place, {
    message: `the name "${name}" is not that of the file.`,
    remedy: `Write "name: ${wanted}", or rename the file to ${name}.yaml.`,
  });
}

export function wrongFileName(file: string, name: string): CommandFault {
  return fileFault(
    'wrongName',
    { file },
    {
      message: `"${name}" is no name for a command.`,
      detail:
        'A name has small letters a to z, digits, and single hyphens between them, at most 64 in all; the file ends in .yaml.',
      remedy: 'Rename the file, such as to check-licences.yaml.',
    },
  );
}

export function tooManyCommands(file: string, most: number): CommandFault {
  return fileFault(
    'tooLarge',
    { file },
    {
      message: `the folder has more than ${most} files of commands; the others are left out.`,
      remedy: 'Remove what is not used.',
    },
  );
}

export function wrongBody(place: FilePlace, found: readonly string[]): CommandFault {
  return fileFault('wrongBody', place, {
    message:
      found.length === 0
        ? 'the command has nothing to do: it needs a prompt, an action or steps.'
        : `the command has ${found.join(' and ')}, and can have only one of them.`,
    remedy:
      found.length === 0
        ? 'Add "prompt:", "action:" or "steps:".'
        : 'Keep one; a chain of "steps" can hold prompts and actions.',
  });
}

export function withWithoutAction(place: FilePlace): CommandFault {
  return fileFault('wrongBody', place, {
    message: '"with" belongs to an action, and the command has none.',
    remedy: 'Remove it, or add "action:".',
  });
}

export function mcpWithoutPrompt(place: FilePlace): CommandFault {
  return fileFault('wrongBody', place, {
    message: '"mcp" belongs to a prompt, and the command has none.',
    remedy: 'Remove it, or give it to a step that has a prompt.',
  });
}

export function wrongStep(place: FilePlace, step: string, message: string, remedy: string): CommandFault {
  return fileFault('wrongStep', place, { message: `the step "${step}" ${message}`, remedy });
}

export function duplicateName(place: FilePlace, what: string, name: string): CommandFault {
  return fileFault('duplicateName', place, {
    message: `there are two ${what} with the name "${name}".`,
    remedy: 'Give one of them another name.',
  });
}

export function unknownStep(place: FilePlace, name: string, nearest: string | undefined): CommandFault {
  return fileFault('unknownStep', place, {
    message: `there is no step "${name}".`,
    remedy: nearest === undefined ? 'Write the id of a step of this command.' : `Did you mean "${nearest}"?`,
  });
}

export function stepCycle(place: FilePlace, way: readonly string[]): CommandFault {
  return fileFault('stepCycle', place, {
    message: `the steps wait for one another: ${way.join(' → ')}.`,
    remedy: 'Remove one of them from "needs" or "onFailure".',
  });
}

export function badReference(place: FilePlace, written: string, why: string, remedy: string): CommandFault {
  return fileFault('badReference', place, { message: `\${{ ${written} }} cannot be filled in: ${why}`, remedy });
}

export function badExpression(place: FilePlace, key: string, why: string, remedy: string): CommandFault {
  return fileFault('badExpression', place, { message: `the expression of "${key}" cannot be used: ${why}`, remedy });
}

export function notFilledIn(place: FilePlace, key: string, remedy: string): CommandFault {
  return fileFault('notFilledIn', place, { message: `values are not filled in in "${key}".`, remedy });
}

export function badInput(place: FilePlace, name: string, why: string, remedy: string): CommandFault {
  return fileFault('badInput', place, { message: `the input "${name}" ${why}`, remedy });
}

export function unknownCommand(place: FilePlace, name: string, nearest: string | undefined): CommandFault {
  return fileFault('unknownCommand', place, {
    message: `there is no command "${name}" that can be used from here.`,
    remedy: nearest === undefined ? 'Write the name of a command.' : `Did you mean "${nearest}"?`,
  });
}

export function unusableCommand(place: FilePlace, name: string): CommandFault {
  return fileFault('unknownCommand', place, {
    message: `the command "${name}" that this step runs cannot be used: its own file is not right.`,
    remedy: `Correct the file of "${name}" first.`,
  });
}

export function unknownAction(place: FilePlace, name: string, nearest: string | undefined): CommandFault {
  return fileFault('unknownAction', place, {
    message: `there is no action "${name}" in this version of the control panel.`,
    remedy: nearest === undefined ? 'Write the name of an action.' : `Did you mean "${nearest}"?`,
  });
}

export function commandCycle(place: FilePlace, way: readonly string[]): CommandFault {
  return fileFault('commandCycle', place, {
    message: `the command would run itself: ${way.join(' → ')}.`,
    remedy: 'Remove one of these steps.',
  });
}
