// Ends what a test run left behind: node test/harness/endLeftovers.ts RUN
import process from 'node:process';
import { killSeen, processesWithEnvironment } from './processes.ts';

const run = process.argv[2];
if (run) {
  const leftovers = processesWithEnvironment('CLAUDE_PANEL_TEST_RUN', run).filter(({ pid }) => !isOurs(pid));
  for (const { pid, command } of leftovers) console.log(`left behind and ended now: ${pid} ${command.slice(0, 200)}`);
  killSeen(leftovers);
}

/** This process carries the mark as well. */
function isOurs(pid: number): boolean {
  return pid === process.pid || pid === process.ppid;
}
