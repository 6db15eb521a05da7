import { describe, expect, it } from 'vitest';
import { taskDetailSchema } from '../../../../src/protocol/taskView.ts';
import { presentDetail } from '../../../../src/vscode/presenters/taskDetail.ts';
import { ada, aTask } from '../support/samples.ts';

describe('presentDetail', () => {
  it('gives what the view accepts', () => {
    const detail = presentDetail(
      aTask({
        sessionId: 's1',
        mcpServers: [
          { name: 'a', status: 'needs-auth' },
          { name: 'b', status: 'brand-new', error: 'x' },
        ],
        files: [{ path: '/work/project/src/a.ts', added: 1, removed: 2, kind: 'edited' }],
        contextTokens: 10,
        contextWindow: 200_000,
      }),
      [],
    );
    expect(taskDetailSchema.parse(detail)).toEqual(detail);
    expect(detail.mcpServers.map(({ status }) => status)).toEqual(['needsAuth', 'unknown']);
    expect(detail.files[0]?.path).toBe('src/a.ts');
    expect(detail.context).toEqual({ tokens: 10, window: 200_000 });
  });

  it('says who pays', () => {
    expect(presentDetail(aTask({ apiKeySource: 'none' })).authSource).toBe('Claude login');
    expect(presentDetail(aTask({ apiKeySource: 'ANTHROPIC_API_KEY' })).authSource).toContain('ANTHROPIC_API_KEY');
    expect(presentDetail(aTask({ rehearsal: true, apiKeySource: 'none' })).authSource).toContain('rehearsal');
    expect(presentDetail(aTask()).authSource).toBeUndefined();
  });

  it('offers to continue what is paused and what ended with a session', () => {
    const ended = { state: 'stopped', ended: 1, by: ada, leftOver: 0 } as const;
    expect(presentDetail(aTask({ status: ended, sessionStarted: true })).canContinue).toBe(true);
    expect(presentDetail(aTask({ status: ended })).canContinue).toBe(false);
    expect(presentDetail(aTask({ status: { state: 'paused', since: 1, cause: 'person' } })).canContinue).toBe(true);
  });
});
