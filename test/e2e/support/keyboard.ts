import type { JSHandle } from 'playwright-core';
import { pressUntil } from '../../harness/pressUntil.ts';
import { waitFor } from '../../harness/waitFor.ts';
import type { PanelPage } from './panelPage.ts';

const MOST_STOPS = 40;
const FOCUS_MS = 10_000;
const OPEN_MS = 2_000;

/** What has the focus in the panel. */
export interface Focused {
  readonly role: string;
  /** As a screen reader names it. */
  readonly name: string;
  /** Whether a person can see that it has the focus. */
  readonly ring: boolean;
}

/** A person without a mouse: presses keys, and looks where the focus is. */
export class Keyboard {
  readonly #panel: PanelPage;

  constructor(panel: PanelPage) {
    this.#panel = panel;
  }

  press(key: string): Promise<void> {
    return this.#panel.workbench.page.keyboard.press(key);
  }

  /** Types, or pastes where there are lines. */
  write(text: string): Promise<void> {
    return this.#panel.workbench.page.keyboard.insertText(text);
  }

  /** Runs a command by its name in the palette. */
  async command(name: string): Promise<void> {
    const { quickInput } = this.#panel.workbench;
    const { box } = quickInput;
    // Until the key bindings are loaded, a key does nothing; and a palette that loses the focus closes.
    await pressUntil(
      'the focus in the palette',
      async () => (await box.isVisible()) && (await box.evaluate(input => input === document.activeElement)),
      () => this.press('F1'),
      OPEN_MS,
    );
    await this.write(name);
    const chosen = quickInput.widget.locator(`.monaco-list-row.focused[aria-label^=${JSON.stringify(name)}]`);
    await chosen.waitFor();
    await this.press('Enter');
    await chosen.waitFor({ state: 'hidden' });
  }

  /** Nothing when no part of the panel has the focus. */
  async focused(): Promise<Focused | undefined> {
    return (await this.#focusedElement()).evaluate(looksOf);
  }

  /** Waits until this has the focus, for all to see. */
  async at(role: string, name: string | RegExp): Promise<void> {
    let now: Focused | undefined;
    const isThere = async (): Promise<boolean> => {
      now = await this.focused();
      return now !== undefined && now.role === role && matches(now.name, name) && now.ring;
    };
    try {
      await waitFor(`the focus on ${role} ${name}`, isThere);
    } catch (cause) {
      throw new Error(`the focus is not on ${role} ${name} but on ${JSON.stringify(now)}`, { cause });
    }
  }

  /** Presses a key until this has the focus. After each press it is somewhere else, for all to see. */
  async goTo(role: string, name: string | RegExp, key = 'Tab'): Promise<void> {
    const passed: string[] = [];
    for (let stops = 0; stops < MOST_STOPS; stops++) {
      const now = await this.#moved(key).catch(cause => {
        throw new Error(`${key} led nowhere in sight after ${passed.join(', ')}`, { cause });
      });
      passed.push(`${now.role} ${now.name}`);
      if (now.role === role && matches(now.name, name)) return;
    }
    throw new Error(`${key} does not lead to ${role} ${name}, but to ${passed.join(', ')}`);
  }

  /** Presses a key, and waits until the focus is on something else, for all to see: some of it moves after a render. */
  async #moved(key: string): Promise<Focused> {
    const before = await this.#focusedElement();
    await this.press(key);
    return waitFor(
      `${key} to move the focus`,
      async () => {
        const now = await this.#focusedElement();
        const hasMoved = await now.evaluate((element, left) => element !== left, before);
        const looks = hasMoved ? await now.evaluate(looksOf) : undefined;
        return looks?.ring === true ? looks : undefined;
      },
      FOCUS_MS,
    );
  }

  #focusedElement(): Promise<JSHandle<Element | undefined>> {
    return this.#panel.frame.locator('body').evaluateHandle(deepestFocus);
  }
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}

/** Runs in the page. */
function deepestFocus(body: HTMLElement): Element | undefined {
  let deepest = document.activeElement;
  while (deepest?.shadowRoot?.activeElement) {
    deepest = deepest.shadowRoot.activeElement;
  }
  return deepest === null || deepest === body || !document.hasFocus() ? undefined : deepest;
}

/** Runs in the page. */
function looksOf(deepest: Element | undefined): Focused | undefined {
  if (deepest === undefined) {
    return undefined;
  }
  const around = (element: Element): Element | null => {
    const root = element.getRootNode();
    return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  };
  const colour = (name: string): string => {
    const probe = document.createElement('i');
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const computed = getComputedStyle(probe).color;
    probe.remove();
    return computed;
  };
  let role = '';
  let name = '';
  let ring = false;
  const shows = (element: Element): boolean => {
    const { outlineStyle, outlineWidth, outlineColor, borderTopColor, borderTopWidth, backgroundColor } =
      getComputedStyle(element);
    return (
      (outlineStyle !== 'none' && outlineWidth !== '0px' && outlineColor === colour('--vscode-focusBorder')) ||
      // The frame around a field.
      (role === 'textbox' && borderTopWidth !== '0px' && borderTopColor === colour('--vscode-focusBorder')) ||
      // A row of a menu.
      (element === deepest && backgroundColor === colour('--vscode-menu-selectionBackground'))
    );
  };
  // The control itself, the element that it belongs to, and a box that is drawn around both.
  for (let element: Element | null = deepest, level = 0; element !== null && level < 6; level++) {
    const tag = element.localName;
    role ||=
      element.getAttribute('role') ??
      { button: 'button', textarea: 'textbox', input: 'textbox', article: 'article', h1: 'heading' }[tag] ??
      '';
    name ||= element.getAttribute('aria-label') ?? element.textContent?.replace(/\s+/g, ' ').trim() ?? '';
    ring ||= shows(element);
    element = around(element);
  }
  return { role, name, ring };
}
