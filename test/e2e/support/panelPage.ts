import type { FrameLocator, Locator } from 'playwright-core';
import { PRESS_MS, pressUntil } from '../../harness/pressUntil.ts';
import { waitFor } from '../../harness/waitFor.ts';
import type { Workbench } from '../../harness/workbench.ts';
import { ApprovalCard } from './approvalCard.ts';
import { scripted } from './script.ts';
import { shownText } from './shownText.ts';

export type Tab = 'Transcript' | 'Changes' | 'Tools' | 'Cost' | 'Details';

/** The panel in the side bar of one window, by what a person (or a screen reader) finds there. */
export class PanelPage {
  readonly workbench: Workbench;
  /** Looked up anew at each use: VS Code makes the view's document anew whenever it was hidden. */
  readonly frame: FrameLocator;

  constructor(workbench: Workbench) {
    this.workbench = workbench;
    this.frame = workbench.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
  }

  get compose(): Locator {
    return this.frame.getByRole('textbox', { name: 'What should Claude do?' });
  }

  get followUp(): Locator {
    return this.frame.getByRole('textbox', { name: /^(Add something for this task|Continue this session)/ });
  }

  get transcript(): Locator {
    return this.frame.getByRole('feed', { name: 'Transcript' });
  }

  /** Does what makes VS Code make the view's document anew, and waits for the new one: the old one stays in sight until then. */
  async anewAfter(change: () => void | Promise<void>): Promise<void> {
    const body = this.frame.locator('body');
    await body.evaluate(seen => seen.setAttribute('data-seen', ''));
    await change();
    await this.frame.locator('body:not([data-seen])').getByRole('region').first().waitFor();
  }

  /** Brings the view up. */
  async open(): Promise<void> {
    await this.workbench.openContainer('Claude');
    await this.frame.getByRole('region', { name: /^(Tasks|Open (task|chain))$/ }).waitFor();
  }

  /** Puts another view in its place, so that the panel is out of sight. */
  async hide(): Promise<void> {
    await this.workbench.openContainer('Explorer');
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
  }

  async chooseProfile(name: string): Promise<void> {
    await this.showList();
    const option = this.frame.getByRole('option', { name: new RegExp(`^${name} `) });
    await pressUntil(
      `the profile ${name} to be chosen`,
      () => this.button(`Profile: ${name}`).isVisible(),
      async () => {
        if (!(await option.isVisible())) await this.button(/^Profile: /).click({ timeout: PRESS_MS });
        await option.click({ timeout: PRESS_MS });
      },
    );
  }

  /** Types a prompt and presses Run; the task opens. */
  async run(prompt: string): Promise<void> {
    await this.showList();
    await this.compose.fill(prompt);
    await this.button('Run').click();
    await this.heading(firstLine(prompt)).waitFor();
  }

  runScript(title: string, ...rounds: readonly string[]): Promise<void> {
    return this.run(scripted(title, rounds.join('\n')));
  }

  /** Goes back to the list where a task is open. */
  async showList(): Promise<void> {
    await pressUntil(
      'the list of tasks',
      () => this.compose.isVisible(),
      () => this.button('Tasks').click({ timeout: PRESS_MS }),
    );
  }

  async openTask(title: string): Promise<void> {
    await this.showList();
    const row = this.row(title);
    await row.waitFor();
    await pressUntil(
      `"${title}" to be open`,
      () => this.heading(title).isVisible(),
      () => row.click({ timeout: PRESS_MS }),
    );
  }

  /** The row of a task in the list, by its title and, where given, the word for its state. */
  row(title: string, state = ''): Locator {
    return this.frame.getByRole('treeitem', { name: new RegExp(`^${escaped(title)}, ${escaped(state)}`) });
  }

  /** The title of the open task. */
  heading(title: string): Locator {
    return this.frame.getByRole('heading', { level: 1, name: title, exact: true });
  }

  /** Waits until the open task's state is called this: "Working", "Waits for you", "Paused", "Done" and so on. */
  async state(word: string): Promise<void> {
    await this.frame
      .getByRole('region', { name: 'Open task' })
      .getByRole('img', { name: word, exact: true })
      .waitFor({ timeout: 60_000 });
  }

  /** Opens a part of the open task. */
  async tab(name: Tab): Promise<Locator> {
    await this.frame.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    const panel = this.frame.getByRole('tabpanel', { name: new RegExp(`^${name}`) });
    await panel.waitFor();
    return panel;
  }

  /**
   * Presses a button of the open task, and says how long it takes, in ms, until something with this selector is shown in
   * the task. Measured by the page itself.
   */
  pressAndSee(name: string, selector: string): Promise<number> {
    return this.frame.locator('panel-task-view').evaluate(
      (view, wanted) => {
        const root = view.shadowRoot;
        const buttons = [...(root?.querySelectorAll<HTMLElement>('vscode-button') ?? [])];
        buttons.find(button => button.textContent?.trim() === wanted.name)?.click();
        const pressed = performance.now();
        return new Promise<number>(resolve => {
          const look = (): void => {
            if (root?.querySelector(wanted.selector)) {
              resolve(performance.now() - pressed);
            } else {
              requestAnimationFrame(look);
            }
          };
          look();
        });
      },
      { name, selector },
    );
  }

  /** The card in sight that waits for an answer. */
  card(name: string | RegExp): Promise<ApprovalCard> {
    return ApprovalCard.waiting(this.frame, name);
  }

  /** An entry of the menu that is open. */
  menuItem(name: string | RegExp): Locator {
    return this.frame.getByRole('menuitem', { name });
  }

  /** Waits until the words are in the transcript of the open task, and gives its whole text. */
  transcriptWith(words: string | RegExp): Promise<string> {
    return waitFor(`${words} in the transcript`, async () => {
      const text = await shownText(this.transcript, 1_000);
      return (typeof words === 'string' ? text.includes(words) : words.test(text)) ? text : undefined;
    });
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
