import { describe, expect, it } from 'vitest';
import { approvalCardSchema } from '../../../../src/protocol/approvalView.ts';
import { presentApproval } from '../../../../src/vscode/presenters/approvalCard.ts';
import { ada, anApproval, toolApproval } from '../support/samples.ts';

describe('presentApproval', () => {
  it('shows the whole input, why it is asked, what it blocks and the exact rule of each answer', () => {
    const card = presentApproval(anApproval());
    expect(card).toMatchObject({
      body: { kind: 'tool', headline: 'Run a command', target: 'npm test', editable: true, hasHiddenCharacters: false },
      why: 'Commands ask in this profile.',
      blocks: 'The task waits for it.',
    });
    expect(card.choices).toEqual([
      { id: 'allowOnce', label: 'Allow', role: 'primary' },
      {
        id: 'allowProject',
        label: 'Allow in this project',
        role: 'more',
        rule: 'Bash(npm test)',
        savedIn: '.claude/settings.local.json',
      },
      { id: 'deny', label: 'Deny', role: 'deny' },
    ]);
    expect(approvalCardSchema.parse(card)).toEqual(card);
  });

  it('marks hidden characters anywhere in the input, keys included', () => {
    expect(presentApproval(toolApproval('Bash', { command: 'ls \u202e' })).body).toMatchObject({
      hasHiddenCharacters: true,
    });
    expect(presentApproval(toolApproval('mcp__a__b', { 'a\u200b': 'x' })).body).toMatchObject({
      hasHiddenCharacters: true,
    });
  });

  it('says so when an input is too long for a card', () => {
    const card = presentApproval(toolApproval('Write', { file_path: 'a', content: 'x'.repeat(200_000) }));
    expect(card.body).toMatchObject({ input: expect.stringContaining('more characters are not shown here') });
  });

  it('says who answered, and what', () => {
    const card = presentApproval(
      anApproval({ status: { state: 'answered', at: 5, by: ada, answer: { choice: 'deny', message: 'no' } } }),
    );
    expect(card.status).toEqual({ state: 'answered', at: 5, by: 'ada, in the panel', choice: 'deny', label: 'Deny' });
  });

  it('presents every other kind of question so that the view accepts it', () => {
    const subjects = [
      { kind: 'plan', toolUseId: 'u', input: {}, plan: '# Plan' },
      {
        kind: 'question',
        toolUseId: 'u',
        input: {},
        questions: [
          { question: 'Which?', header: 'H', multiSelect: false, options: [{ label: 'A', description: '' }] },
        ],
      },
      { kind: 'gate', message: 'Go on?', shown: '**two** findings', chainId: 'c', stepId: 'gate' },
      { kind: 'elicitation', server: 's', message: 'm', schema: { properties: { name: { type: 'string' } } } },
      { kind: 'elicitation', server: 's', message: 'm', title: 't', schema: {}, url: 'https://example.com/a' },
      { kind: 'workspaceContent', headline: 'h', files: ['f'], grants: ['g'], content: 'c', fingerprint: 'x' },
    ] as const;
    for (const subject of subjects) {
      const card = presentApproval(anApproval({ subject }));
      expect(approvalCardSchema.parse(card)).toEqual(card);
      expect(card.body.kind).toBe(subject.kind);
      expect(card.body).toMatchObject('url' in subject ? { title: 't', url: subject.url } : {});
    }
  });
});
