import { unknownAction } from './actionError.ts';
import type { PanelAction } from './panelAction.ts';

/** The actions of this version, by name. */
export class ActionRegistry {
  readonly #actions: ReadonlyMap<string, PanelAction>;

  constructor(actions: readonly PanelAction[]) {
    this.#actions = new Map(actions.map(action => [action.name, action]));
    if (this.#actions.size !== actions.length) {
      throw new Error('Two actions have the same name.');
    }
  }

  get names(): readonly string[] {
    return [...this.#actions.keys()];
  }

  find(name: string): PanelAction | undefined {
    return this.#actions.get(name);
  }

  /** @throws ActionError `unknownAction`, naming the ones that are there. */
  get(name: string): PanelAction {
    const action = this.#actions.get(name);
    if (action === undefined) {
      throw unknownAction(name, this.names);
    }
    return action;
  }
}
