import * as z from 'zod';
import { COMMAND_REFERENCE, STEP_ID } from '../../core/catalog/commandSchema.ts';

const MOST_INPUTS = 30;
const scalar = z.union([z.string().max(20_000), z.number(), z.boolean()]);

/** What `claudePanel.runCommand` takes, from key bindings, other extensions and links: nothing of it is believed. */
export const commandRequestSchema = z.strictObject({
  command: z.string().max(200).regex(COMMAND_REFERENCE),
  inputs: z
    .record(z.string().regex(STEP_ID), scalar)
    .refine(inputs => Object.keys(inputs).length <= MOST_INPUTS)
    .optional(),
});
export type CommandRequest = z.infer<typeof commandRequestSchema>;

/** What `tasks.json` holds for a task of ours. */
export const taskDefinitionSchema = z.union([
  z.object({ command: z.string().max(200).regex(COMMAND_REFERENCE), inputs: commandRequestSchema.shape.inputs }),
  z.object({ prompt: z.string().min(1).max(100_000), profile: z.string().min(1).max(64).optional() }),
]);
export type ClaudeTaskDefinition = z.infer<typeof taskDefinitionSchema>;

const LINK_PATH = '/run';

/**
 * The command of a link such as `vscode://PUBLISHER.NAME/run?command=daily-standup&since=yesterday`; nothing for any
 * other link. Every parameter but `command` is an input.
 */
export function readCommandLink(link: { readonly path: string; readonly query: string }): CommandRequest | undefined {
  if (link.path !== LINK_PATH) {
    return undefined;
  }
  const given = [...new URLSearchParams(link.query)];
  const names = given.map(([name]) => name);
  const { command, ...inputs } = Object.fromEntries(given);
  // A name that is there twice could show one value and run with another.
  return new Set(names).size === names.length ? commandRequestSchema.safeParse({ command, inputs }).data : undefined;
}
