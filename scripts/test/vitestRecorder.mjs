import { appendFileSync } from 'node:fs';
import process from 'node:process';

const FILE = process.env.TEST_RECORD_FILE;

/**
 * Writes what vitest does to the record that the test run counts from: what runs, so that a hung test can be named,
 * and at the end every result.
 */
// biome-ignore lint/style/noDefaultExport: vitest asks a reporter's file for its default export
export default class VitestRecorder {
  /** @param {import('vitest/node').TestModule} module */
  onTestModuleQueued(module) {
    record({ type: 'started', id: module.id, test: nameOf(module) });
  }

  /** @param {import('vitest/node').TestModule} module */
  onTestModuleEnd(module) {
    record({ type: 'ended', id: module.id, test: nameOf(module) });
  }

  /** @param {import('vitest/node').TestCase} test */
  onTestCaseReady(test) {
    record({ type: 'started', id: test.id, test: nameOf(test) });
  }

  /** @param {import('vitest/node').TestCase} test */
  onTestCaseResult(test) {
    const { state, errors } = test.result();
    record({ type: state, id: test.id, test: nameOf(test), error: firstMessage(errors), why: whySkipped(test) });
  }

  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly {message?: string}[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    // Everything that failed outside a test: a file that does not load, a hook, a stray rejection.
    for (const module of modules) {
      for (const owner of [module, ...module.children.allSuites()]) {
        if (owner.errors().length > 0) {
          record({ type: 'failed', id: owner.id, test: nameOf(owner), error: firstMessage(owner.errors()) });
        }
      }
      for (const test of module.children.allTests()) {
        // Tests that a failed hook kept from running get no result event.
        if (test.result().state === 'pending')
          record({ type: 'failed', id: test.id, test: nameOf(test), error: 'did not run' });
        else if (test.result().state === 'skipped') {
          record({ type: 'skipped', id: test.id, test: nameOf(test), why: whySkipped(test) });
        }
      }
    }
    for (const error of unhandled)
      record({
        type: 'failed',
        id: `unhandled ${unhandled.indexOf(error)}`,
        test: 'outside any test',
        error: error.message,
      });
  }
}

/** @param {object} event */
function record(event) {
  if (FILE) appendFileSync(FILE, `${JSON.stringify(event)}\n`);
}

/** @param {import('vitest/node').TestModule | import('vitest/node').TestSuite | import('vitest/node').TestCase} owner */
function nameOf(owner) {
  if (owner.type === 'module') return owner.relativeModuleId;
  return `${owner.module.relativeModuleId} > ${owner.fullName}`;
}

/** @param {readonly {message?: string}[] | undefined} errors */
function firstMessage(errors) {
  return errors?.[0]?.message?.split('\n')[0];
}

/** @param {import('vitest/node').TestCase} test */
function whySkipped(test) {
  const result = test.result();
  return result.state === 'skipped' ? result.note?.split('\n')[0] : undefined;
}
