import path from 'node:path';
import { checkCommandFiles } from '../../app/commandCheck.ts';
import { EXIT } from '../../app/following/exitCode.ts';
import { commandPlaces } from '../commandPlaces.ts';
import type { CommandAction } from '../commandSpec.ts';
import { faultLine, faultRow } from '../progress/faultLine.ts';
import { unreadableFile } from '../usageError.ts';

/** Says of files of commands what is wrong with them. Fails when anything is. */
export const check: CommandAction = async (context, given) => {
  const { terminal, directory } = context;
  const named = given.operands.map(file => path.resolve(directory, file));
  const checked = await checkCommandFiles(named.length === 0 ? undefined : named, commandPlaces(context, given));
  const absent = checked.find(({ faults }) => faults === undefined);
  if (absent !== undefined) {
    throw unreadableFile(path.relative(directory, absent.file), 'There is no such file.', 'the file of a command');
  }
  const faults = checked.flatMap(one => one.faults ?? []);
  if (given.flag('json')) {
    terminal.line(JSON.stringify(faults.map(faultRow), undefined, 2));
  } else {
    for (const fault of faults) {
      terminal.line(faultLine(fault, directory));
    }
    const [files, problems] = [checked.length, faults.length];
    terminal.say(
      `${files} file${files === 1 ? '' : 's'}, ${problems === 0 ? 'no' : problems} problem${problems === 1 ? '' : 's'}.`,
    );
  }
  return faults.length === 0 ? EXIT.succeeded : EXIT.failed;
};
