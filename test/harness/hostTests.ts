import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from './browser.ts';
import { developExtensions } from './development.ts';
import { projectRoot } from './toolchain.ts';
import { VscodeHost } from './vscodeHost.ts';

/** Longer than all tests take on a slow machine, and shorter than `npm test` waits for them. */
const LONGEST_MINUTES = 15;

/** As test/host/index.ts writes it: sets its lines apart from what the workbench itself writes to its console. */
const testLine = '[test] ';

export interface HostTestsOptions {
  /** The bundle with `run()`. */
  readonly tests: string;
  /** The file that the tests append their results to. Its folder is made. */
  readonly record: string;
  /** A folder to open; a new empty one by default. */
  readonly workspace?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Gets each line that the test runner prints. */
  readonly print: (line: string) => void;
}

/**
 * Runs tests inside the extension host, beside our extension from the checkout.
 * @returns the exit code: 0 when `run()` fulfilled
 * @throws Error when the tests do not come to an end
 */
export async function runHostTests(options: HostTestsOptions): Promise<number> {
  const { tests, record, workspace, environment, print } = options;
  // A test runner that cannot write its results would never end.
  mkdirSync(path.dirname(record), { recursive: true });
  await using host = await VscodeHost.start({
    extension: 'none',
    environment: { ...environment, TEST_RECORD_FILE: record },
    ...(workspace === undefined ? {} : { workspace }),
  });
  await using browser = await launchBrowser();
  const page = await (await browser.newContext()).newPage();
  const exit = Promise.withResolvers<number>();
  // The workbench of a browser calls these two, when they exist, with what the tests print and with their result.
  const log = (_kind: string, parts: readonly unknown[]) => {
    const [first, ...lines] = parts.map(asText).join(' ').split('\n');
    if (first?.startsWith(testLine)) print([first.slice(testLine.length), ...lines].join('\n'));
  };
  await page.exposeFunction('codeAutomationLog', log);
  await page.exposeFunction('codeAutomationExit', exit.resolve);
  page.once('close', () => exit.reject(new Error('the window closed before the tests ended')));
  page.once('crash', () => exit.reject(new Error('the window crashed before the tests ended')));
  await developExtensions(page, host.port, { extensions: [projectRoot], tests });
  await page.goto(host.workbenchUrl(), { waitUntil: 'commit' });
  const late = () => exit.reject(new Error(`the tests did not end within ${LONGEST_MINUTES} minutes`));
  const limit = setTimeout(late, LONGEST_MINUTES * 60_000);
  try {
    return await exit.promise;
  } finally {
    clearTimeout(limit);
    page.removeAllListeners('close');
  }
}

function asText(part: unknown): string {
  return typeof part === 'string' ? part : JSON.stringify(part);
}
