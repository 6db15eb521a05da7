import os from 'node:os';

/** The name under which this program runs. A container may run under a number that has no name. */
export function userName(environment: NodeJS.ProcessEnv, read: () => string = () => os.userInfo().username): string {
  try {
    return read();
  } catch {
    return environment['USER'] ?? environment['LOGNAME'] ?? 'somebody';
  }
}
