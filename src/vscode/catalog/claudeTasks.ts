import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import type { CatalogCommand } from '../../core/catalog/command.ts';
import type { Actor } from '../../core/events/actor.ts';
import { TASK_TYPE } from '../contributions/views.ts';
import { badRequest, unknownFolder } from '../workspace/surfaceErrors.ts';
import type { CommandDesk } from './commandDesk.ts';
import { type ClaudeTaskDefinition, taskDefinitionSchema } from './commandRequest.ts';
import type { Followed } from './progressLines.ts';
import { TaskTerminal } from './taskTerminal.ts';
import { untilGranted } from './untilSettled.ts';

interface Parts {
  readonly services: () => Promise<PanelServices>;
  readonly desk: CommandDesk;
  readonly isShown: (command: CatalogCommand) => boolean;
  /** What the person chose or set; when that is nothing, the folder's own default is looked up, and refused when broken. */
  readonly wantedProfile: (folder: string) => string | undefined;
  readonly tell: (error: unknown) => void;
}

const SOURCE = 'Claude';

/** Tasks of type `claude`, of `tasks.json` and of the list that VS Code offers. */
export class ClaudeTasks {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Every command that can be run without a question before it. */
  async provide(): Promise<vscode.Task[]> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const services = folder === undefined ? undefined : await this.#parts.services().catch(() => undefined);
    if (folder === undefined || services === undefined) {
      return [];
    }
    const { commands } = await services.commands.list(folder.uri.fsPath);
    return commands
      .filter(command => command.shadowedBy === undefined && this.#parts.isShown(command))
      .map(({ name, title }) => this.#task({ type: TASK_TYPE, command: name }, folder, title));
  }

  /** A task as it stands in `tasks.json`. */
  resolve(task: vscode.Task): vscode.Task | undefined {
    const { scope, definition } = task;
    const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
    return folder === undefined ? undefined : this.#task(definition, folder, task.name);
  }

  #task(definition: vscode.TaskDefinition, folder: vscode.WorkspaceFolder, name: string): vscode.Task {
    const cwd = folder.uri.fsPath;
    const execution = new vscode.CustomExecution(
      async () =>
        new TaskTerminal({
          services: this.#parts.services,
          start: () => this.#start(definition, cwd),
          stop: (services, followed, by) => stop(services, followed, by),
          tell: this.#parts.tell,
        }),
    );
    return new vscode.Task(definition, folder, name, SOURCE, execution);
  }

  async #start(definition: vscode.TaskDefinition, cwd: string): Promise<Followed | undefined> {
    const read = taskDefinitionSchema.safeParse(definition);
    if (!read.success) {
      throw badRequest('The task in tasks.json needs a "command" or a "prompt".');
    }
    const wanted: ClaudeTaskDefinition = read.data;
    if ('command' in wanted) {
      const { command, inputs = {} } = wanted;
      return this.#parts.desk.run({ reference: command, cwd, inputs, asksAll: false }, 'editor', false);
    }
    return this.#startPrompt(wanted.prompt, wanted.profile ?? this.#parts.wantedProfile(cwd), cwd);
  }

  async #startPrompt(prompt: string, profile: string | undefined, cwd: string): Promise<Followed | undefined> {
    const services = await this.#parts.services();
    if (cwd === '') {
      throw unknownFolder(cwd);
    }
    for (;;) {
      const outcome = await services.startTask({
        prompt,
        ...(profile === undefined ? {} : { profile }),
        cwd,
        by: services.actor('editor'),
        ownProcessOnly: true,
      });
      if (outcome.kind === 'started') {
        return { kind: 'task', id: outcome.task.id };
      }
      // The terminal goes on with the task after the yes.
      if (!(await untilGranted(services.log, outcome.approvalId))) {
        return undefined;
      }
    }
  }
}

function stop(services: PanelServices, followed: Followed, by: Actor): void {
  if (followed.kind === 'task') {
    services.tasks.stop(followed.id, by);
  } else {
    services.chains.stop(followed.id, by);
  }
}
