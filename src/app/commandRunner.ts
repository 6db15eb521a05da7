import { noSuchCommand } from '../core/catalog/catalogErrors.ts';
import { promptForOwnCommand } from '../core/catalog/claudeOwnCommands.ts';
import type { CatalogCommand, ClaudeOwnCommand } from '../core/catalog/command.ts';
import { checkInputValues } from '../core/catalog/inputValues.ts';
import { interpolatePrompt, serverNames } from '../core/catalog/interpolation.ts';
import type { ValueScope } from '../core/catalog/valueScope.ts';
import type { ChainRun } from '../core/chains/chainRun.ts';
import type { ChainService } from '../core/chains/chainService.ts';
import { nearestWord } from '../core/validation/nearestWord.ts';
import type { CommandService } from './commandCatalog.ts';
import { type CommandPlan, commandPlan, plannedInputs, stepsOfBody } from './commandPlan.ts';
import { checkInputPlaces } from './inputPlaces.ts';
import type { StartOutcome, StartTask } from './panelServices.ts';
import type { ProfileService } from './profileService.ts';
import type { CommandOutcome, RunCommand } from './runCommand.ts';

interface Parts {
  readonly folder: string;
  readonly commands: Pick<CommandService, 'find' | 'list' | 'requestApproval'>;
  readonly profiles: Pick<ProfileService, 'checkNames'>;
  readonly chains: ChainService;
  readonly start: (input: StartTask) => Promise<StartOutcome>;
  readonly hostId: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const OWN_PREFIX = 'claude:';
const DEEPEST_PLAN = 10;

/** The one way in which every surface runs a command. Methods reject with a PanelError. */
export class CommandRunner {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * @throws CatalogError for a name that is unknown, a broken file and inputs that do not fit; ProfilesError for a profile
   * that no step could find; what a task throws
   */
  async run(input: RunCommand): Promise<CommandOutcome> {
    const { commands, profiles, folder, environment } = this.#parts;
    if (input.command.startsWith(OWN_PREFIX)) {
      return this.#runClaudeOwn(input);
    }
    const cwd = input.cwd ?? folder;
    const found = await commands.find(input.command, { cwd });
    const inputs = checkInputValues(found.command, input.inputs ?? {});
    await checkInputPlaces(found.command, inputs, { folder: cwd, environment, inputsFrom: input.inputsFrom });
    const approvalId = commands.requestApproval(found);
    if (approvalId !== undefined) {
      return { kind: 'needsApproval', approvalId };
    }
    const { command } = found;
    // Before anything is spent on the steps that come first.
    await profiles.checkNames(profilesOf(command), cwd);
    const scope: ValueScope = { inputs, inputsFrom: input.inputsFrom, steps: {}, workspace: { folder: cwd } };
    return command.body.kind === 'prompt'
      ? this.#startTask(input, {
          prompt: interpolatePrompt(command.body.prompt, scope),
          title: command.title,
          limits: definedLimits(command),
          mcpServers: serverNames(command.body.mcp, scope),
          ...(command.profile === undefined ? {} : { profile: command.profile }),
          ...(command.requiresSnapshot ? { requiresSnapshot: true } : {}),
        })
      : { kind: 'chain', chain: this.#startChain(command, inputs, input, cwd) };
  }

  /** What it would do. Nothing is asked, approved or started. */
  async plan(input: Pick<RunCommand, 'command' | 'inputs' | 'cwd'>): Promise<CommandPlan> {
    const { commands, folder } = this.#parts;
    const cwd = input.cwd ?? folder;
    if (input.command.startsWith(OWN_PREFIX)) {
      const own = await this.#claudeOwn(input.command, cwd);
      const prompt = promptForOwnCommand(own, argumentsOf(input));
      const body = { kind: 'prompt', prompt: prompt.replaceAll('${{', '$${{') } as const;
      return commandPlan({ ...asCatalogCommand(own), body }, emptyScope(cwd));
    }
    const { command } = await commands.find(input.command, { cwd });
    const inputs = checkInputValues(command, input.inputs ?? {});
    return this.#planOf(command, { ...emptyScope(cwd), inputs }, 1);
  }

  async #planOf(command: CatalogCommand, scope: ValueScope, depth: number): Promise<CommandPlan> {
    const nested = new Map<string, CommandPlan>();
    for (const step of stepsOfBody(command)) {
      if ('command' in step && depth < DEEPEST_PLAN) {
        const cwd = scope.workspace.folder;
        const found = await this.#parts.commands.find(step.command, { cwd, from: command.namespace });
        const inputs = plannedInputs(found.command, step.inputs, scope);
        nested.set(step.id, await this.#planOf(found.command, { ...scope, inputs }, depth + 1));
      }
    }
    return commandPlan(command, scope, nested);
  }

  async #runClaudeOwn(input: RunCommand): Promise<CommandOutcome> {
    const own = await this.#claudeOwn(input.command, input.cwd ?? this.#parts.folder);
    return this.#startTask(input, { prompt: promptForOwnCommand(own, argumentsOf(input)), title: own.name });
  }

  async #claudeOwn(reference: string, cwd: string): Promise<ClaudeOwnCommand> {
    const { claude } = await this.#parts.commands.list(cwd);
    const name = reference.slice(OWN_PREFIX.length);
    const own = claude.find(other => other.name === name);
    if (own === undefined) {
      const names = claude.map(other => `${OWN_PREFIX}${other.name}`);
      throw noSuchCommand(reference, nearestWord(reference, names), names);
    }
    return own;
  }

  async #startTask(
    { cwd, by, unattended, ownProcessOnly }: RunCommand,
    task: Omit<StartTask, 'by' | 'cwd' | 'unattended' | 'ownProcessOnly'>,
  ): Promise<CommandOutcome> {
    const started = await this.#parts.start({
      ...task,
      by,
      ...(cwd === undefined ? {} : { cwd }),
      ...(unattended === undefined ? {} : { unattended }),
      ...(ownProcessOnly === undefined ? {} : { ownProcessOnly }),
    });
    return started.kind === 'started' ? { kind: 'task', task: started.task } : started;
  }

  #startChain(command: CatalogCommand, inputs: ChainRun['inputs'], input: RunCommand, cwd: string): ChainRun {
    const { chains, hostId } = this.#parts;
    return chains.create({
      command: { ...command, body: { kind: 'steps', steps: stepsOfBody(command) } },
      inputs,
      inputsFrom: input.inputsFrom,
      cwd,
      by: input.by,
      limits: command.limits,
      unattended: input.unattended ?? 'ask',
      ...(input.ownProcessOnly === true ? { reservedFor: hostId } : {}),
    });
  }
}

function profilesOf(command: CatalogCommand): readonly string[] {
  return stepsOfBody(command).flatMap(step => ('prompt' in step ? (step.profile ?? command.profile ?? []) : []));
}

function emptyScope(cwd: string): ValueScope {
  return { inputs: {}, inputsFrom: 'person', steps: {}, workspace: { folder: cwd } };
}

function argumentsOf({ inputs }: Pick<RunCommand, 'inputs'>): string {
  const given = inputs?.['arguments'];
  return given === undefined || given === null ? '' : String(given);
}

function asCatalogCommand({ name, description, file }: ClaudeOwnCommand): Omit<CatalogCommand, 'body'> {
  return {
    name,
    namespace: 'project',
    fullName: `${OWN_PREFIX}${name}`,
    title: name,
    description,
    inputs: [],
    limits: {},
    requiresSnapshot: false,
    file,
    fingerprint: '',
  };
}

function definedLimits({ limits }: CatalogCommand): NonNullable<StartTask['limits']> {
  const { usd, turns, minutes } = limits;
  return {
    ...(usd === undefined ? {} : { usd }),
    ...(turns === undefined ? {} : { turns }),
    ...(minutes === undefined ? {} : { minutes }),
  };
}
