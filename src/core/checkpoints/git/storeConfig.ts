const NOTHING = process.platform === 'win32' ? 'NUL' : '/dev/null';

/** On the command line of every git, because it stands above what any file says. */
export const STORE_CONFIG: readonly (readonly [key: string, value: string])[] = [
  ['core.hooksPath', NOTHING],
  ['core.fsmonitor', 'false'],
  ['core.untrackedCache', 'false'],
  ['core.attributesFile', NOTHING],
  ['core.excludesFile', NOTHING],
  ['core.autocrlf', 'false'],
  // File names are data here: nothing is ever checked out by git.
  ['core.protectNTFS', 'false'],
  ['core.protectHFS', 'false'],
  ['core.precomposeUnicode', 'false'],
  ['core.compression', '1'],
  // One pack a snapshot, so that one write to the disk makes it durable.
  ['fastimport.unpackLimit', '1'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
];

/** The whole configuration file. It is written anew when it is not exactly this. */
export function configFile(ignoresCase: boolean): string {
  return `[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n\tignorecase = ${ignoresCase}\n\tlogallrefupdates = false\n`;
}
