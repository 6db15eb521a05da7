import { describe, expect, it } from 'vitest';
import { extensionSizes, sizeReport } from '../../../../scripts/build/sizeReport.mjs';

describe('sizeReport', () => {
  it('names only what is over its budget', () => {
    const { over } = sizeReport([
      { name: 'exact', bytes: 100, budget: 100 },
      { name: 'large', bytes: 101, budget: 100 },
      { name: 'free', bytes: 1_000_000 },
    ]);
    expect(over).toEqual(['large']);
  });
});

describe('extensionSizes', () => {
  const shared = now('dist/shared.mjs');
  const outputs = {
    'dist/extension.mjs': file(10, 'src/extension.ts', [shared, later('dist/openPanel.mjs')]),
    'dist/shared.mjs': file(5, 'src/base/event.ts', [now('vscode')]),
    'dist/openPanel.mjs': file(200, 'src/vscode/openPanel.ts', [shared, later('dist/createPanelServices.mjs')]),
    'dist/createPanelServices.mjs': file(3000, 'src/app/createPanelServices.ts', [
      shared,
      now('dist/core.mjs'),
      later('dist/rare.mjs'),
    ]),
    'dist/core.mjs': file(40_000, 'src/core/a.ts', [now('dist/createPanelServices.mjs')]),
    'dist/rare.mjs': file(500_000, 'src/adapters/b.ts', [now('dist/core.mjs')]),
    'dist/rare.mjs.map': file(7_000_000, 'map', []),
  };

  it('counts each file once: to activate, to open the panel, and at most', () => {
    expect(extensionSizes({ outputs }).map(({ bytes }) => bytes)).toEqual([15, 43_215, 543_215]);
  });

  it('sets no budget for what is loaded on demand only', () => {
    expect(extensionSizes({ outputs }).map(({ budget }) => budget)).toEqual([25_000, 1_000_000, undefined]);
  });

  it('finds a module in whichever file it was put, and fails when it is in none', () => {
    const { 'dist/openPanel.mjs': opened, ...others } = outputs;
    const moved = { ...others, 'dist/other.mjs': opened };
    expect(extensionSizes({ outputs: moved })[1].bytes).toBe(43_215);
    expect(() => extensionSizes({ outputs: others })).toThrow('src/vscode/openPanel.ts');
  });
});

function file(bytes, module, imports) {
  return { bytes, inputs: { [module]: { bytesInOutput: bytes } }, imports };
}

function now(path) {
  return { path, kind: 'import-statement' };
}

function later(path) {
  return { path, kind: 'dynamic-import' };
}
