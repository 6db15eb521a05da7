import { stringify } from 'yaml';
import { COMMAND_NAME } from '../../core/catalog/commandSchema.ts';

const LONGEST_NAME = 64;

/** The name of the file, and of the command, for a title that a person typed. */
export function nameFromTitle(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return words.slice(0, LONGEST_NAME).replace(/-+$/, '');
}

/** What is wrong with a title, as a sentence; nothing when a command can be called that. */
export function titleProblem(title: string, taken: readonly string[]): string | undefined {
  const name = nameFromTitle(title);
  if (!COMMAND_NAME.test(name)) {
    return 'It needs a letter from a to z, for the name of its file.';
  }
  return taken.includes(name) ? `There is a command "${name}" already.` : undefined;
}

/** A command to begin with: one question and one prompt, in twelve lines. */
export function commandScaffold(title: string): string {
  const name = nameFromTitle(title);
  return [
    `name: ${stringify(name).trim()}`,
    `title: ${stringify(title, { lineWidth: 0 }).trim()}`,
    'description: What it is for, in one sentence.',
    'icon: comment',
    'inputs:',
    '  - name: topic',
    '    type: text',
    '    title: What is it about?',
    'profile: comprehensive',
    'prompt: |',
    '  Look at ${{ inputs.topic }} in this project.',
    '  Say what you found in three sentences.',
    '',
  ].join('\n');
}
