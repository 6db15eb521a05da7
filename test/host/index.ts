// Runs inside VS Code's extension host: VS Code calls `run` and takes a rejection for failure.
import { appendFileSync } from 'node:fs';
import process from 'node:process';
import { hostTestFiles } from 'host-test-files';
import Mocha from 'mocha';

const TIMEOUT_MS = 60_000;
const recordFile = process.env['TEST_RECORD_FILE'];

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: TIMEOUT_MS, reporter: Recorder });
  for (const [file, load] of Object.entries(hostTestFiles)) {
    mocha.suite.emit('pre-require', globalThis, file, mocha);
    await load();
  }
  const failures = await new Promise<number>(resolve => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

/** Prints each result, and writes it to the record that the test run counts from. */
class Recorder extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const { EVENT_HOOK_BEGIN, EVENT_HOOK_END, EVENT_TEST_BEGIN, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } =
      Mocha.Runner.constants;
    runner.on(EVENT_HOOK_BEGIN, hook => record('started', hook));
    runner.on(EVENT_HOOK_END, hook => record('ended', hook));
    runner.on(EVENT_TEST_BEGIN, test => record('started', test));
    runner.on(EVENT_TEST_PASS, test => {
      record('passed', test);
      print(`  ✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on(EVENT_TEST_PENDING, test => {
      record('skipped', test);
      print(`  ↓ ${test.fullTitle()}`);
    });
    runner.on(EVENT_TEST_FAIL, (test, error) => {
      record('failed', test, error);
      print(`  ✗ ${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
  }
}

/** The mark tells the harness that this is no line of the workbench's own. */
function print(text: string): void {
  console.log(`[test] ${text}`);
}

function record(type: string, test: Mocha.Runnable, error?: Error): void {
  if (!recordFile) return;
  const title = test.fullTitle();
  const line = { type, id: title, test: title, ...(error ? { error: error.message } : {}) };
  appendFileSync(recordFile, `${JSON.stringify(line)}\n`);
}
