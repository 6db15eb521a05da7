import { createContext, Script } from 'node:vm';

const box = createContext({ run: undefined });
const script = new Script('run()');

/**
 * Runs what a stranger's text makes the machine do, such as a regular expression, and ends it when it takes too long.
 * Resolves at once; undefined when the time was over.
 */
export function withinTime<T>(milliseconds: number, run: () => T): { readonly value: T } | undefined {
  box['run'] = run;
  try {
    return { value: script.runInContext(box, { timeout: milliseconds }) as T };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      return undefined;
    }
    throw error;
  } finally {
    box['run'] = undefined;
  }
}
