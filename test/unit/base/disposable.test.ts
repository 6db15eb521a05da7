import { describe, expect, it } from 'vitest';
import { DisposableStore, toDisposable } from '../../../src/base/disposable.ts';

describe('DisposableStore', () => {
  it('disposes what it owns in reverse order, and what comes later at once', () => {
    const gone: string[] = [];
    const store = new DisposableStore();
    store.add(toDisposable(() => gone.push('first')));
    store.add(toDisposable(() => gone.push('second')));
    store.dispose();
    store.add(toDisposable(() => gone.push('late')));
    expect(gone).toEqual(['second', 'first', 'late']);
  });

  it('is of use after it was cleared, and not once it was disposed', () => {
    const gone: string[] = [];
    const store = new DisposableStore();
    store.add(toDisposable(() => gone.push('first')));
    store.clear();
    store.add(toDisposable(() => gone.push('second')));
    expect(gone).toEqual(['first']);
    store.dispose();
    store.clear();
    store.add(toDisposable(() => gone.push('third')));
    expect(gone).toEqual(['first', 'second', 'third']);
  });

  it('disposes all of them though one fails', () => {
    const gone: string[] = [];
    const store = new DisposableStore();
    store.add(toDisposable(() => gone.push('first')));
    store.add(
      toDisposable(() => {
        throw new Error('no');
      }),
    );
    expect(() => store.dispose()).toThrow('no');
    expect(gone).toEqual(['first']);
  });
});
