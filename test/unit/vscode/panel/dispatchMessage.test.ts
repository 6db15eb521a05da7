import { describe, expect, it } from 'vitest';
import { unknownTask } from '../../../../src/core/tasks/taskErrors.ts';
import { dispatchMessage } from '../../../../src/vscode/panel/dispatchMessage.ts';
import type { HandlerContext, ViewPort } from '../../../../src/vscode/panel/messageHandler.ts';
import type { PanelActions } from '../../../../src/vscode/panel/panelActions.ts';

describe('what the panel asks for about changes', () => {
  it.each(['review', 'undo', 'redo', 'forkFromBefore'] as const)('says so when %s cannot begin', async action => {
    const notes: string[] = [];
    const fails = () => Promise.reject(unknownTask('t1'));
    const actions: Partial<PanelActions> = {
      reviewChanges: fails,
      undoChanges: fails,
      redoChanges: fails,
      forkFromBefore: fails,
    };
    const connection: Partial<ViewPort> = { note: text => void notes.push(text) };
    const reply = await dispatchMessage({ type: 'changes', requestId: 'r1', taskId: 't1', action }, {
      connection,
      actions,
    } as HandlerContext);
    expect(reply).toMatchObject({ requestId: 'r1', failure: { reason: 'unknownTask' } });
    expect(notes).toEqual([expect.stringContaining('t1')]);
  });
});
