import { EXIT } from '../app/following/exitCode.ts';
import type { PanelServices } from '../app/panelServices.ts';
import { productVersion } from '../app/productVersion.ts';
import { userName } from '../app/userName.ts';
import { systemClock } from '../base/clock.ts';
import { PanelError } from '../base/panelError.ts';
import type { CommandContext, PanelOptions } from './commandContext.ts';
import { COMMANDS, GLOBAL_OPTIONS } from './commandTable.ts';
import { exitCodeOfError } from './failureExit.ts';
import { commandHelp, programHelp } from './helpText.ts';
import { Interrupts } from './interrupts.ts';
import { OpenPanels } from './leaving.ts';
import { parseArguments } from './parseArguments.ts';
import { failureLines } from './progress/failureText.ts';
import { ENVIRONMENT, settingsFromEnvironment } from './settingsFromEnvironment.ts';
import { Terminal } from './terminal/terminal.ts';

const LONG_MS = 2 ** 30;

/** Does what the command line of this process says, and ends it with the exit code. */
export async function runProgram(own: NodeJS.Process): Promise<void> {
  const terminal = new Terminal(own, own.env);
  const panels = new OpenPanels();
  // A command that only waits for other processes has nothing else that would keep this one alive.
  setInterval(() => undefined, LONG_MS);
  own.on('uncaughtException', error => {
    tell(error, { terminal, environment: own.env });
    void panels.leave().finally(() => own.exit(EXIT.failed));
  });
  const code = await execute(own.argv.slice(2), {
    terminal,
    interrupts: new Interrupts(own),
    environment: own.env,
    directory: own.cwd(),
    clock: systemClock,
    openPanel: async options => panels.add(await openPanel(options, terminal, own.env)),
  });
  await terminal.flush();
  const failure = terminal.outputFailure;
  if (failure !== undefined) {
    const words = {
      message: 'Not all of the output could be written.',
      detail: failure.message,
      remedy: 'Free some space where it goes, or send it elsewhere.',
    };
    for (const text of failureLines(words)) {
      terminal.say(text);
    }
    await terminal.flush();
  }
  // Half of the results is no success, whatever became of the work.
  own.exit(failure !== undefined && code === EXIT.succeeded ? EXIT.failed : code);
}

/** Everything but the process around it. Never throws: a failure is told on stderr and becomes an exit code. */
export async function execute(words: readonly string[], context: CommandContext): Promise<number> {
  const { terminal } = context;
  try {
    const line = parseArguments(words, COMMANDS, GLOBAL_OPTIONS);
    switch (line.kind) {
      case 'version':
        terminal.line(productVersion());
        return EXIT.succeeded;
      case 'help':
        terminal.write(
          line.command === undefined
            ? programHelp(COMMANDS, GLOBAL_OPTIONS)
            : commandHelp(line.command, GLOBAL_OPTIONS),
        );
        return EXIT.succeeded;
      case 'nothing':
        terminal.say(programHelp(COMMANDS, GLOBAL_OPTIONS).trimEnd());
        return EXIT.usage;
      case 'command': {
        const action = await line.command.load();
        return await action(context, line.given);
      }
    }
  } catch (error) {
    tell(error, context);
    return exitCodeOfError(error);
  }
}

function tell(error: unknown, { terminal, environment }: Pick<CommandContext, 'terminal' | 'environment'>): void {
  if (error instanceof PanelError) {
    const [first, ...others] = failureLines(error);
    for (const text of [terminal.paintError('red', first ?? ''), ...others]) {
      terminal.say(text);
    }
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  for (const text of failureLines({ message: `Something unexpected went wrong: ${message}` })) {
    terminal.say(text);
  }
  if (environment[ENVIRONMENT.debug] !== undefined && error instanceof Error) {
    terminal.say(error.stack);
  } else {
    terminal.say(`Set ${ENVIRONMENT.debug}=1 to see where.`);
  }
}

async function openPanel(
  { workspace, runsTasks }: PanelOptions,
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): Promise<PanelServices> {
  const settings = settingsFromEnvironment(environment);
  const debug = environment[ENVIRONMENT.debug] !== undefined;
  // Loaded here and not before, so that help and usage errors need no database.
  const { createPanelServices } = await import('../app/createPanelServices.ts');
  return createPanelServices({
    folder: workspace,
    surface: 'command line',
    takesQueued: () => runsTasks,
    ownTasksOnly: true,
    settings: () => settings,
    log: (level, text) => {
      if (debug || level === 'error') {
        terminal.say(text);
      }
    },
    environment,
    userName: userName(environment),
  });
}
