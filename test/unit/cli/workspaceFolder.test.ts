import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findWorkspace, hasPanelData } from '../../../src/cli/workspaceFolder.ts';
import { TaskError } from '../../../src/core/tasks/taskErrors.ts';

describe('findWorkspace', () => {
  let root: string;
  const make = (...parts: string[]): string => {
    const folder = path.join(root, ...parts);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  const home = (): string => path.join(root, 'ada', '.claude-panel');
  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'workspace-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('finds the nearest folder that has panel data', () => {
    make('outer', '.claude-panel');
    make('outer', 'inner', '.claude-panel');
    const deep = make('outer', 'inner', 'src', 'deep');
    expect(findWorkspace(deep, home())).toBe(path.join(root, 'outer', 'inner'));
  });

  it('prefers panel data further up to a git root nearby', () => {
    make('outer', '.claude-panel');
    make('outer', 'repo', '.git');
    expect(findWorkspace(make('outer', 'repo', 'src'), home())).toBe(path.join(root, 'outer'));
  });

  it('takes the git root where there is no panel data, else the folder itself', () => {
    make('repo', '.git');
    expect(findWorkspace(make('repo', 'src'), home())).toBe(path.join(root, 'repo'));
    expect(findWorkspace(make('plain'), home())).toBe(path.join(root, 'plain'));
  });

  it("makes no workspace of the folder that holds the user's own things", () => {
    make('ada', '.claude-panel', 'commands');
    make('ada', 'shop', '.git');
    expect(findWorkspace(make('ada', 'shop', 'src'), home())).toBe(path.join(root, 'ada', 'shop'));
    expect(findWorkspace(make('ada', 'notes'), home())).toBe(path.join(root, 'ada', 'notes'));
    expect(findWorkspace(path.join(root, 'ada'), home())).toBe(path.join(root, 'ada'));
  });

  it("knows the user's own folder behind a link", () => {
    make('ada', '.claude-panel');
    symlinkSync(path.join(root, 'ada'), path.join(root, 'link'), 'junction');
    expect(findWorkspace(make('ada', 'notes'), path.join(root, 'link', '.claude-panel'))).toBe(
      path.join(root, 'ada', 'notes'),
    );
  });

  it('says that a folder is missing', () => {
    expect(() => findWorkspace(path.join(root, 'nowhere'), home())).toThrow(TaskError);
  });

  it('tells a folder without stored data', () => {
    expect(hasPanelData(make('repo', '.claude-panel'))).toBe(false);
  });
});
