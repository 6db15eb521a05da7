// Ends every process that was started with a mark in its environment: node test/harness/endMarked.ts NAME VALUE
import process from 'node:process';
import { killSeen, processesWithEnvironment, signalSeen } from './processes.ts';
import { waitFor } from './waitFor.ts';

const GRACE_MS = 3_000;

const [name, value] = process.argv.slice(2);
if (name && value) {
  const left = () =>
    processesWithEnvironment(name, value).filter(({ pid }) => pid !== process.pid && pid !== process.ppid);
  for (const { pid, command } of left()) console.log(`still running, ended now: ${pid} ${command.slice(0, 200)}`);
  signalSeen(left(), 'SIGTERM');
  await waitFor('the processes to end', () => left().length === 0, GRACE_MS).catch(() => killSeen(left()));
}
