// Runs the bundle of test/host inside VS Code: node test/harness/runHostTests.ts
import path from 'node:path';
import process from 'node:process';
import { runHostTests } from './hostTests.ts';
import { projectRoot } from './toolchain.ts';

const record = process.env['TEST_RECORD_FILE'] ?? path.join(projectRoot, '.cache', 'test-records', 'host.ndjson');
process.exitCode = await runHostTests({
  tests: path.join(projectRoot, '.cache', 'host-tests', 'index.js'),
  record,
  print: line => console.log(line),
});
