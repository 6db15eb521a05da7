import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import { newShortId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import type { CatalogCommand, ClaudeOwnCommand } from '../../core/catalog/command.ts';
import type { Actor } from '../../core/events/actor.ts';
import { GOD_MODE } from '../contributions/builtInCommands.ts';
import type { WriteText } from '../inputs/inputEditors.ts';
import type { ChainPlans } from '../panel/chainPlans.ts';
import type { RevealTarget } from '../panel/connectionParts.ts';
import { oneLine } from '../presenters/shownText.ts';
import { CommandFlow, type ReadyCommand, type WantedCommand } from './commandFlow.ts';
import { confirmGodMode } from './godModeConfirmation.ts';
import { planOf } from './planOf.ts';
import { untilGranted } from './untilSettled.ts';

const LONGEST_TITLE = 200;

interface Parts {
  readonly services: () => Promise<PanelServices>;
  readonly plans: ChainPlans;
  /** For an answer of several lines. */
  readonly write: WriteText;
  readonly reveal: (target: RevealTarget) => Promise<void>;
  /** Where there is room for a graph. */
  readonly revealWide: (target: RevealTarget) => Promise<void>;
  readonly tell: (error: unknown) => void;
}

/** What was started. */
export type Begun = { readonly kind: 'task' | 'chain'; readonly id: string };

/** Runs commands for whoever asks in this window: the palette, the tree, tasks.json, links. */
export class CommandDesk {
  readonly #parts: Parts;
  readonly #flow: CommandFlow;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#flow = new CommandFlow({
      services: parts.services,
      write: parts.write,
      reveal: parts.reveal,
      untilGranted: async approvalId => untilGranted((await this.#parts.services()).log, approvalId),
    });
  }

  /** Asks what is missing, runs the command and shows it. Nothing when the person cancels. */
  async run(wanted: WantedCommand, surface: Actor['surface'], isShown = true): Promise<Begun | undefined> {
    const ready = await this.#flow.prepare(wanted);
    const begun = ready === undefined ? undefined : await this.start(ready, surface);
    if (begun !== undefined && isShown) {
      await this.#parts.reveal(targetOf(begun));
    }
    return begun;
  }

  /** Runs what is ready. A new question about the folder's content is shown, and the run goes on after the yes. */
  async start(ready: ReadyCommand, surface: Actor['surface']): Promise<Begun | undefined> {
    const services = await this.#parts.services();
    return this.#begin(services, { ...ready, reference: ready.command.fullName, surface });
  }

  /** Shows what a command would do. Nothing starts; the panel offers to run it. */
  async preview(wanted: WantedCommand, surface: Actor['surface']): Promise<void> {
    const ready = await this.#flow.prepare(wanted);
    if (ready === undefined) {
      return;
    }
    const services = await this.#parts.services();
    const { command, inputs, cwd } = ready;
    const plan = await services.planCommand({ command: command.fullName, inputs, cwd });
    const run = planOf(ready, { newId: newShortId, by: services.actor(surface), now: Date.now() });
    this.#parts.plans.add({
      run,
      does: new Map(plan.steps.map(({ id, does }) => [id, does])),
      start: async () => {
        const begun = await this.start(ready, surface);
        return begun?.kind === 'chain' ? begun.id : this.#showTask(begun);
      },
    });
    await this.#parts.revealWide({ kind: 'chain', chainId: run.id });
  }

  /** Something of Claude Code's own. It may be given words; leaving the question starts nothing. */
  async runOwn(own: ClaudeOwnCommand, cwd: string): Promise<void> {
    const words = await vscode.window.showInputBox({
      title: oneLine(own.kind === 'agent' ? own.name : `/${own.name}`, LONGEST_TITLE),
      prompt:
        own.kind === 'agent'
          ? vscode.l10n.t('What should this agent do?')
          : vscode.l10n.t('What should it be given? May be left empty.'),
      ignoreFocusOut: true,
      validateInput: text =>
        own.kind === 'agent' && text.trim() === '' ? vscode.l10n.t('Say what to do.') : undefined,
    });
    if (words === undefined) {
      return;
    }
    const services = await this.#parts.services();
    const inputs = words.trim() === '' ? {} : { arguments: words };
    const reference = `claude:${own.name}`;
    const begun = await this.#begin(services, { reference, inputs, inputsFrom: 'person', cwd, surface: 'palette' });
    if (begun !== undefined) {
      await this.#parts.reveal(targetOf(begun));
    }
  }

  async #begin(
    services: PanelServices,
    wanted: {
      readonly command?: CatalogCommand;
      readonly reference: string;
      readonly inputs: Readonly<Record<string, JsonValue>>;
      readonly inputsFrom: 'person' | 'elsewhere';
      readonly cwd: string;
      readonly surface: Actor['surface'];
    },
  ): Promise<Begun | undefined> {
    const { command, reference, inputs, inputsFrom, cwd, surface } = wanted;
    for (;;) {
      const outcome = await services.runCommand({
        command: reference,
        inputs,
        inputsFrom,
        cwd,
        by: services.actor(surface),
      });
      switch (outcome.kind) {
        case 'task':
          return { kind: 'task', id: outcome.task.id };
        case 'chain':
          if (command?.namespace === 'global' && command.name === GOD_MODE) {
            confirmGodMode(services, outcome.chain.id).catch(this.#parts.tell);
          }
          return { kind: 'chain', id: outcome.chain.id };
        case 'needsApproval':
          await this.#parts.reveal({ kind: 'approval', approvalId: outcome.approvalId });
          if (!(await untilGranted(services.log, outcome.approvalId))) {
            return undefined;
          }
      }
    }
  }

  async #showTask(begun: Begun | undefined): Promise<undefined> {
    if (begun !== undefined) {
      await this.#parts.reveal(targetOf(begun));
    }
    return undefined;
  }
}

function targetOf({ kind, id }: Begun): RevealTarget {
  return kind === 'task' ? { kind: 'task', taskId: id } : { kind: 'chain', chainId: id };
}
