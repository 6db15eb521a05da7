/* Reads the key of a folder when it is told to, and prints a signature. Argument: the folder. */
import { readUserKey } from '../../../../src/app/userKeyFile.ts';

process.stdout.write('ready\n');
process.stdin.once('data', () => {
  process.stdout.write(readUserKey(process.argv[2] ?? '').sign('text'));
  process.stdin.destroy();
});
