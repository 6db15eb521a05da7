import { EXIT, type ExitCode } from '../app/following/exitCode.ts';
import { PanelError } from '../base/panelError.ts';

/** Reasons that mean "typed wrongly": the same command, typed otherwise, would work. */
const USAGE: ReadonlySet<string> = new Set([
  'task/emptyPrompt',
  'task/promptTooLong',
  'task/folderMissing',
  'task/unknownTask',
  'task/unknownApproval',
  'task/badAnswer',
  'profiles/unknownProfile',
  'catalog/unknownCommand',
  'catalog/badInputs',
  'chain/unknownChain',
  'chain/unknownStep',
  'backup/noArchive',
  'rehearsal/scenarioNotYaml',
  'rehearsal/scenarioInvalid',
]);

/** The exit code for a command that could not do its work. */
export function exitCodeOfError(error: unknown): ExitCode {
  return error instanceof PanelError && (error.family === 'usage' || USAGE.has(`${error.family}/${error.reason}`))
    ? EXIT.usage
    : EXIT.failed;
}
