import { describe, expect, it } from 'vitest';
import { startState } from '../../../../src/webview/state/panelState.ts';
import { PanelStore } from '../../../../src/webview/state/panelStore.ts';

function storeWithFrames(): { store: PanelStore; frame: () => void; frames: (() => void)[] } {
  const frames: (() => void)[] = [];
  const store = new PanelStore(startState(), callback => frames.push(callback));
  return { store, frames, frame: () => frames.splice(0).map(callback => callback()) };
}

const draft = (text: string) => ({ type: 'navigate', change: { draft: text } }) as const;

describe('PanelStore', () => {
  it('tells viewers once a frame, with the newest state', () => {
    const { store, frame, frames } = storeWithFrames();
    const seen: string[] = [];
    store.onFrame(state => seen.push(state.navigation.draft));
    store.dispatch(draft('a'));
    store.dispatch(draft('ab'));
    expect([seen, frames.length]).toEqual([[], 1]);
    frame();
    store.dispatch(draft('abc'));
    frame();
    expect(seen).toEqual(['ab', 'abc']);
  });

  it('reduces at once, also while no frame comes', () => {
    const { store } = storeWithFrames();
    store.dispatch(draft('a'));
    expect(store.state.navigation.draft).toBe('a');
  });

  it('tells witnesses of every change, and nobody of none', () => {
    const { store, frames } = storeWithFrames();
    const seen: [string, string][] = [];
    store.onChange((state, before) => seen.push([before.navigation.draft, state.navigation.draft]));
    store.dispatch(draft('a'));
    store.dispatch(draft('b'));
    store.dispatch({ type: 'openTask', taskId: undefined });
    expect([seen, frames.length]).toEqual([
      [
        ['', 'a'],
        ['a', 'b'],
      ],
      1,
    ]);
  });

  it('forgets who has left', () => {
    const { store, frame } = storeWithFrames();
    let count = 0;
    store.onFrame(() => (count += 1)).dispose();
    store.dispatch(draft('a'));
    frame();
    expect(count).toBe(0);
  });
});
