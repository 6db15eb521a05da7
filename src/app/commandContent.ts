import { visibleText } from '../base/visibleText.ts';
import type { ListedCommand } from '../core/catalog/catalog.ts';
import type { GraphStep } from '../core/catalog/command.ts';
import { fingerprintOf } from '../core/security/fingerprint.ts';
import type { ShownContent } from './contentApproval.ts';

/**
 * What a person approves before commands of a workspace run: the text of their files, exactly. Pure.
 *
 * @param shortPath a path as people know it, such as relative to the folder
 */
export function commandContent(
  commands: readonly [ListedCommand, ...ListedCommand[]],
  shortPath: (file: string) => string,
): ShownContent {
  const [first, ...others] = commands;
  const files = commands.map(({ command }) => visibleText(shortPath(command.file)));
  const more = others.length === 0 ? '' : ` and ${others.length} other${others.length === 1 ? '' : 's'} that it runs`;
  return {
    headline: `The command "${first.command.name}" of this folder${more} would be run.`,
    files,
    grants: commands.flatMap(({ command }) =>
      linesOf(command.body, command.profile).map(line => visibleText(`${command.name}: ${line}`)),
    ),
    content: commands.map(({ text }, index) => `# ${files[index]}\n${visibleText(text)}`).join('\n\n'),
    fingerprint:
      others.length === 0
        ? first.command.fingerprint
        : fingerprintOf(commands.map(({ command }) => command.fingerprint).toSorted()),
  };
}

function linesOf(body: ListedCommand['command']['body'], profile: string | undefined): readonly string[] {
  const asProfile = profile === undefined ? '' : ` with the profile "${profile}"`;
  switch (body.kind) {
    case 'prompt':
      return [`Gives Claude a prompt of its own${asProfile}.`];
    case 'action':
      return [`Does the action ${body.action}.`];
    case 'steps':
      return [
        ...body.steps.map(step => describeStep(step, asProfile)),
        ...(body.steps.some(step => 'run' in step)
          ? [
              'Files that its programs and scripts read or run are not part of this approval: they may change without a question.',
            ]
          : []),
      ];
  }
}

function describeStep(step: GraphStep, asProfile: string): string {
  const name = `step ${step.id}`;
  if ('run' in step) {
    return typeof step.run === 'string'
      ? `${name} runs a script in a shell.`
      : `${name} starts the program ${step.run.join(' ')}`;
  }
  if ('prompt' in step) {
    const own = step.profile === undefined ? asProfile : ` with the profile "${step.profile}"`;
    return `${name} gives Claude a prompt of its own${own}.`;
  }
  if ('command' in step) {
    return `${name} runs the command ${step.command}.`;
  }
  return 'action' in step ? `${name} does the action ${step.action}.` : `${name} asks you.`;
}
