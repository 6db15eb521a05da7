import { launchBrowser } from './browser.ts';
import { developExtensions } from './development.ts';
import { projectRoot } from './toolchain.ts';
import { VscodeHost } from './vscodeHost.ts';

export interface HostTestsOptions {
  /** The bundle with `run()`. */
  readonly tests: string;
  /** The file that the tests append their results to. */
  readonly record: string;
  /** A folder to open; a new empty one by default. */
  readonly workspace?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Gets every line that the tests print. */
  readonly print: (line: string) => void;
}

/**
 * Runs tests inside the extension host, beside our extension from the checkout.
 * @returns the exit code: 0 when `run()` fulfilled
 */
export async function runHostTests(options: HostTestsOptions): Promise<number> {
  const { tests, record, workspace, environment, print } = options;
  await using host = await VscodeHost.start({
    extension: 'none',
    environment: { ...environment, TEST_RECORD_FILE: record },
    ...(workspace === undefined ? {} : { workspace }),
  });
  await using browser = await launchBrowser();
  const page = await (await browser.newContext()).newPage();
  const exit = Promise.withResolvers<number>();
  // The workbench of a browser calls these two, when they exist, with what the tests print and with their result.
  await page.exposeFunction('codeAutomationLog', (_kind: string, parts: readonly unknown[]) =>
    print(parts.map(asText).join(' ')),
  );
  await page.exposeFunction('codeAutomationExit', exit.resolve);
  page.once('close', () => exit.reject(new Error('the window closed before the tests ended')));
  page.once('crash', () => exit.reject(new Error('the window crashed before the tests ended')));
  await developExtensions(page, host.port, { extensions: [projectRoot], tests });
  await page.goto(host.workbenchUrl(), { waitUntil: 'commit' });
  const code = await exit.promise;
  page.removeAllListeners('close');
  return code;
}

function asText(part: unknown): string {
  return typeof part === 'string' ? part : JSON.stringify(part);
}
