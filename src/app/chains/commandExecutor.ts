import type { NewId } from '../../base/ids.ts';
import { toFailure } from '../../base/panelError.ts';
import type { CatalogCommand } from '../../core/catalog/command.ts';
import { checkInputValues } from '../../core/catalog/inputValues.ts';
import { interpolatePrompt, serverNames } from '../../core/catalog/interpolation.ts';
import { tighterLimits } from '../../core/catalog/tighterLimits.ts';
import type { ValueScope } from '../../core/catalog/valueScope.ts';
import { chainEnded, cycle, notApproved, tooDeep } from '../../core/chains/chainErrors.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import type { ChainService } from '../../core/chains/chainService.ts';
import { stepsOf } from '../../core/chains/graph.ts';
import type { StepExecutor, StepOutcome, StepWork } from '../../core/chains/stepWork.ts';
import { type Actor, describeActor } from '../../core/events/actor.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import type { CommandService } from '../commandCatalog.ts';
import { stepsOfBody } from '../commandPlan.ts';
import { checkInputPlaces } from '../inputPlaces.ts';
import { type ActionExecutor, filledIn } from './actionExecutor.ts';
import type { PromptExecutor } from './promptExecutor.ts';
import { untilChainEnds, untilSettled } from './waiting.ts';

interface Parts {
  readonly log: PanelLog;
  readonly commands: Pick<CommandService, 'find' | 'requestApproval'>;
  readonly chains: ChainService;
  readonly prompts: PromptExecutor;
  readonly actions: ActionExecutor;
  readonly newId: NewId;
  readonly hostId: string;
  readonly product: Actor;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const DEEPEST = 10;
const NOTHING = { costUsd: 0, turns: 0 };

/**
 * Runs another command: a chain as a chain of its own, a prompt as a task, an action as it is; one that requires a
 * snapshot as a chain, which takes it.
 */
export class CommandExecutor implements StepExecutor {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async execute(work: StepWork): Promise<StepOutcome> {
    const { log } = this.#parts;
    const { chainId } = work.pursued;
    if (chainId !== undefined && log.chains.get(chainId) !== undefined) {
      return this.#follow(chainId, work);
    }
    const command = await this.#resolve(work);
    if (command === undefined) {
      return { kind: 'stopped', ...NOTHING };
    }
    const { run, step } = work;
    const given = 'command' in step ? filledIn(step.inputs ?? {}, work.scope) : {};
    const inputs = checkInputValues(command, given);
    const { environment } = this.#parts;
    await checkInputPlaces(command, inputs, { folder: run.cwd, environment, inputsFrom: 'elsewhere' });
    const scope: ValueScope = { inputs, inputsFrom: 'elsewhere', steps: {}, workspace: { folder: run.cwd } };
    const { body } = command;
    switch (body.kind) {
      case 'prompt':
        return this.#parts.prompts.follow(work, () => ({
          prompt: interpolatePrompt(body.prompt, scope),
          title: `${run.command.title}: ${command.title}`,
          profile: command.profile,
          mcpServers: serverNames(body.mcp, scope),
          limits: tighterLimits(command.limits, work.limits),
          requiresSnapshot: command.requiresSnapshot,
        }));
      case 'action':
        return command.requiresSnapshot
          ? this.#startChain(command, inputs, work)
          : this.#parts.actions.perform(body, scope, work);
      case 'steps':
        return this.#startChain(command, inputs, work);
    }
  }

  /**
   * The command as its file is now. One of the workspace that has changed since the chain began is approved first.
   * @throws CatalogError, and ChainError `cycle`, `tooDeep` or `notApproved`
   */
  async #resolve(work: StepWork): Promise<CatalogCommand | undefined> {
    const { commands, log } = this.#parts;
    const { run, step } = work;
    const reference = 'command' in step ? step.command : '';
    const either = AbortSignal.any([work.signal, work.closing]);
    for (;;) {
      const found = await commands.find(reference, { cwd: run.cwd, from: run.command.namespace });
      this.#refuseCycle(found.command, run);
      const approvalId = commands.requestApproval(found);
      if (approvalId === undefined) {
        return found.command;
      }
      const refusal = notApproved(`The command "${found.command.name}" of this folder`);
      if (run.unattended !== 'ask') {
        throw refusal;
      }
      work.pursue({ approvalId });
      const settled = await untilSettled(log, approvalId, either);
      if (either.aborted) {
        return undefined;
      }
      if (settled?.status.state === 'answered' && settled.status.answer.choice === 'approveContent') {
        continue;
      }
      if (settled !== undefined && settled.status.state !== 'withdrawn') {
        throw refusal;
      }
    }
  }

  #refuseCycle(command: CatalogCommand, run: ChainRun): void {
    const names = [command.fullName];
    let above: ChainRun | undefined = run;
    while (above !== undefined) {
      names.unshift(above.command.fullName);
      if (above.command.fullName === command.fullName) {
        throw cycle(names);
      }
      if (names.length > DEEPEST) {
        throw tooDeep(DEEPEST);
      }
      above = above.parent === undefined ? undefined : this.#parts.log.chains.get(above.parent.chainId);
    }
  }

  #startChain(command: CatalogCommand, inputs: ChainRun['inputs'], work: StepWork): Promise<StepOutcome> {
    const { chains, newId, hostId } = this.#parts;
    const { run, step } = work;
    const id = work.pursued.chainId ?? newId();
    if (work.pursued.chainId === undefined) {
      work.pursue({ chainId: id });
    }
    chains.create(
      {
        command: { ...command, body: { kind: 'steps', steps: stepsOfBody(command) } },
        inputs,
        inputsFrom: 'elsewhere',
        cwd: run.cwd,
        by: run.by,
        limits: tighterLimits(command.limits, work.limits),
        unattended: run.unattended,
        reservedFor: hostId,
        parent: { chainId: run.id, stepId: step.id },
      },
      id,
    );
    return this.#follow(id, work);
  }

  async #follow(id: string, work: StepWork): Promise<StepOutcome> {
    const { log, chains, product } = this.#parts;
    const { signal, closing } = work;
    const ended = await untilChainEnds(log, id, AbortSignal.any([signal, closing]), ({ costUsd, turns }) =>
      work.spend({ costUsd, turns }),
    );
    if (ended !== undefined) {
      return outcomeOf(ended);
    }
    if (!signal.aborted) {
      return { kind: 'stopped', ...NOTHING };
    }
    const status = log.chains.get(work.run.id)?.status;
    chains.stop(id, status?.state === 'running' ? (status.stopping?.by ?? product) : product);
    const stopped = await untilChainEnds(log, id, closing);
    return { kind: 'stopped', costUsd: stopped?.costUsd ?? 0, turns: stopped?.turns ?? 0 };
  }
}

function outcomeOf(run: ChainRun): StepOutcome {
  const use = { costUsd: run.costUsd, turns: run.turns };
  const { title } = run.command;
  switch (run.status.state) {
    case 'succeeded':
      return { kind: 'succeeded', output: lastOutput(run), ...use };
    case 'failed': {
      const { message } = run.status.failure;
      return { kind: 'failed', failure: toFailure(chainEnded(title, 'failed', message)), isFinal: false, ...use };
    }
    default: {
      const by = run.status.state === 'stopped' ? ` by ${describeActor(run.status.by)}` : '';
      return { kind: 'failed', failure: toFailure(chainEnded(title, `was stopped${by}`)), isFinal: true, ...use };
    }
  }
}

/** What a chain gives to the step that started it: the output of its last step that has one. */
function lastOutput(run: ChainRun): Extract<StepOutcome, { kind: 'succeeded' }>['output'] {
  const last = stepsOf(run.command).findLast(step => run.steps[step.id]?.state === 'succeeded');
  const status = last === undefined ? undefined : run.steps[last.id];
  return status?.state === 'succeeded' ? status.output : null;
}
