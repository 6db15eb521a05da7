/*
 * A program that shares a workspace with others. Arguments: folder, name, how many commits it makes, and up to which
 * event it listens. Prints, as JSON, which events it heard in which order, or goes on until it is killed.
 */
import { systemClock } from '../../../../src/base/clock.ts';
import { newUuid } from '../../../../src/base/ids.ts';
import { openPanelStore } from '../../../../src/store/panelStore.ts';
import { created, text } from '../../../contract/panelLog/sampleFacts.ts';
import { TEST_KEY } from '../../../fixtures/userKey.ts';

const [folder = '', name = '', commits = '0', lastEvent = '0'] = process.argv.slice(2);

const store = openPanelStore({ folder, source: `/${name}`, clock: systemClock, newId: newUuid, userKey: TEST_KEY });
const heard: { seq: number; source: string }[] = [];
// Keeps the program alive while it only listens.
const alive = setInterval(() => undefined, 1000);

store.log.onDidCommit(({ events }) => {
  heard.push(...events.map(({ seq, source }) => ({ seq, source })));
  if (heard.at(-1)?.seq === Number(lastEvent)) {
    process.stdout.write(JSON.stringify(heard), () => {
      clearInterval(alive);
      store.dispose();
    });
  }
});

process.stdout.write('ready\n');
process.stdin.once('data', () => {
  process.stdin.destroy();
  write(1);
});

function write(number: number): void {
  if (number > Number(commits)) {
    return;
  }
  const words = `${number} ${'words '.repeat(20)}`;
  const facts = number === 1 ? [created({ promptId: `prompt-${name}` })] : [text(words)];
  const { events } = store.log.append([{ subject: `task-${name}`, facts }]);
  if (lastEvent === '0') {
    process.stdout.write(`${events.at(-1)?.seq}\n`);
  }
  // A pause after each commit, so that programs which run together really take turns.
  setTimeout(write, 1, number + 1);
}
