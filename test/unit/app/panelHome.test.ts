import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { panelHome } from '../../../src/app/panelHome.ts';

describe('the folder of the user', () => {
  it('is in the home folder, unless another one is chosen', () => {
    expect(panelHome({})).toBe(join(homedir(), '.claude-panel'));
    expect(panelHome({ CLAUDE_PANEL_HOME: '' })).toBe(join(homedir(), '.claude-panel'));
    expect(panelHome({ CLAUDE_PANEL_HOME: resolve('/data/panel') })).toBe(resolve('/data/panel'));
  });

  it('never depends on the folder in which a program was started', () => {
    expect(panelHome({ CLAUDE_PANEL_HOME: 'panel' })).toBe(join(homedir(), 'panel'));
  });
});
