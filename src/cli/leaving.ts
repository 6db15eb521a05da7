import type { PanelServices } from '../app/panelServices.ts';

/** How long the tasks of this process may take to be set aside after an error, in milliseconds. */
const SUSPEND_MS = 8000;

/** The panels that this process has opened: no way out of it may leave a Claude Code behind. */
export class OpenPanels {
  readonly #panels = new Set<Pick<PanelServices, 'suspend'>>();
  #left: Promise<void> | undefined;

  add<Panel extends Pick<PanelServices, 'suspend'>>(panel: Panel): Panel {
    this.#panels.add(panel);
    return panel;
  }

  /** Sets aside what runs. Never rejects; a second call joins the first. */
  leave(): Promise<void> {
    this.#left ??= Promise.allSettled([...this.#panels].map(async panel => panel.suspend(SUSPEND_MS))).then(() => {});
    return this.#left;
  }
}
