import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../app/following/exitCode.ts';
import { serveRehearsal } from '../../app/serveRehearsal.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import type { GivenArguments } from '../givenArguments.ts';
import { badValue, unreadableFile } from '../usageError.ts';

/** Serves the rehearsal model until Ctrl+C. The first line on stdout is its address. */
export const rehearse: CommandAction = async (context, given) => {
  const { terminal, interrupts } = context;
  const port = portGiven(given);
  const scenario = scenarioGiven(context, given);
  const left = Promise.withResolvers<void>();
  const signals = interrupts.listen(() => left.resolve());
  const served = await serveRehearsal({
    ...(scenario === undefined ? {} : { scenario }),
    ...(port === undefined ? {} : { port }),
  });
  try {
    if (given.flag('json')) {
      terminal.line(JSON.stringify({ address: served.address, environment: served.environment }));
    } else {
      terminal.line(served.address);
      terminal.say('The rehearsal model plays Claude there. Have Claude Code talk to it with this environment:');
      for (const [name, value] of Object.entries(served.environment)) {
        terminal.line(assignment(name, value));
      }
      terminal.say('Press Ctrl+C to end it.');
    }
    await left.promise;
    return EXIT.succeeded;
  } finally {
    signals.dispose();
    await served.dispose();
  }
};

function assignment(name: string, value: string): string {
  return process.platform === 'win32'
    ? `$env:${name} = '${value.replaceAll("'", "''")}'`
    : `export ${name}='${value.replaceAll("'", "'\\''")}'`;
}

function portGiven(given: GivenArguments): number | undefined {
  const text = given.text('port');
  if (text === undefined) {
    return undefined;
  }
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw badValue('--port', text, 'a number from 0 (any free port) to 65535');
  }
  return port;
}

function scenarioGiven(
  { directory }: CommandContext,
  given: GivenArguments,
): { readonly text: string; readonly fileName: string } | undefined {
  const file = given.text('scenario');
  if (file === undefined) {
    return undefined;
  }
  try {
    return { text: readFileSync(path.resolve(directory, file), 'utf8'), fileName: file };
  } catch (error) {
    throw unreadableFile(file, error instanceof Error ? error.message : String(error), 'a YAML file with a scenario');
  }
}
