import { isNodeNewEnough, oldNodeMessage } from './nodeVersion.ts';

// Nothing else is loaded before this is known: on an older Node the SQLite driver takes the whole process down.
if (isNodeNewEnough(process.versions.node)) {
  void import('./program.ts').then(({ runProgram }) => runProgram(process));
} else {
  process.stderr.write(oldNodeMessage(process.versions.node, process.argv[1] ?? 'claude-panel'));
  process.exitCode = 2;
}
