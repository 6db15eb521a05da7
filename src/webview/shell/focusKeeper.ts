import { type Disposable, DisposableStore, toDisposable } from '../../base/disposable.ts';

/** An element that knows where in it the focus belongs when the part that had it is gone. */
interface FocusHome extends HTMLElement {
  /** False when there is no such place now. */
  focusHome(): boolean;
}

/**
 * Keeps the focus in the panel. A button that is no longer offered, a card that was answered or a row that moved takes
 * the focus with it, and a person at the keyboard would begin at the top again; so it goes to what is nearest around.
 */
export class FocusKeeper implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #observer = new MutationObserver(() => this.#plan());
  readonly #followed = new WeakSet<Node>();
  /** What has the focus, then what is around it, outwards. */
  #path: readonly Element[] = [];
  #frame: number | undefined;

  constructor() {
    this.#follow(document);
    document.addEventListener('mousedown', this.#mousedown, { capture: true });
    this.#owned.add(toDisposable(() => document.removeEventListener('mousedown', this.#mousedown, { capture: true })));
    this.#owned.add(toDisposable(() => this.#observer.disconnect()));
  }

  dispose(): void {
    if (this.#frame !== undefined) {
      cancelAnimationFrame(this.#frame);
    }
    this.#owned.dispose();
  }

  /** A move of the focus inside of a shadow root is told only there. */
  #follow(root: Document | ShadowRoot): void {
    if (!this.#followed.has(root)) {
      this.#followed.add(root);
      root.addEventListener('focusin', this.#focusin);
      this.#owned.add(toDisposable(() => root.removeEventListener('focusin', this.#focusin)));
    }
  }

  readonly #focusin = (): void => {
    this.#path = pathFrom(deepActiveElement());
    this.#observer.disconnect();
    for (const root of new Set(this.#path.map(element => element.getRootNode()))) {
      if (root instanceof ShadowRoot) {
        this.#follow(root);
      }
      this.#observer.observe(root, {
        childList: true,
        subtree: true,
        attributes: true,
        attributeFilter: ['disabled', 'hidden', 'class'],
      });
    }
  };

  /** A press beside everything takes the focus away, as a person may. */
  readonly #mousedown = (): void => {
    setTimeout(() => {
      if (deepActiveElement() === undefined) {
        this.#path = [];
      }
    });
  };

  /** A browser takes the focus from what cannot have it when it draws, and others may give it a place until then. */
  #plan(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = undefined;
        this.#look();
      });
    });
  }

  #look(): void {
    if (document.hasFocus() && deepActiveElement() === undefined) {
      this.#path.some(element => takesFocus(element));
    }
  }
}

function takesFocus(element: Element): boolean {
  if (!(element instanceof HTMLElement) || !element.isConnected || !element.checkVisibility()) {
    return false;
  }
  if (isHome(element)) {
    return element.focusHome();
  }
  element.focus({ preventScroll: true });
  return deepActiveElement() !== undefined;
}

function isHome(element: HTMLElement): element is FocusHome {
  return 'focusHome' in element;
}

function pathFrom(element: Element | undefined): readonly Element[] {
  const path: Element[] = [];
  for (let at: Element | null | undefined = element; at; ) {
    path.push(at);
    const root = at.getRootNode();
    at = at.parentElement ?? (root instanceof ShadowRoot ? root.host : undefined);
  }
  return path;
}

/** What has the focus, through all shadow roots; nothing when the focus is nowhere. */
export function deepActiveElement(): HTMLElement | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) {
    active = active.shadowRoot.activeElement;
  }
  return active instanceof HTMLElement && active !== document.body && active !== document.documentElement
    ? active
    : undefined;
}
