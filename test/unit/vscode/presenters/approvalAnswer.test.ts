import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../../../src/vscode/presenters/approvalAnswer.ts';
import { anApproval } from '../support/samples.ts';

describe('readAnswer', () => {
  it('refuses an answer that is not offered', () => {
    expect(() => readAnswer(anApproval(), { choice: 'approvePlan' })).toThrow(
      expect.objectContaining({ family: 'task', reason: 'badAnswer' }),
    );
  });

  it('reads an edited input, and refuses what is not an object', () => {
    expect(readAnswer(anApproval(), { choice: 'allowOnce', updatedInput: '{"command":"ls"}' })).toEqual({
      choice: 'allowOnce',
      updatedInput: { command: 'ls' },
    });
    for (const updatedInput of ['{', '[]', '"ls"', 'null']) {
      expect(() => readAnswer(anApproval(), { choice: 'allowOnce', updatedInput })).toThrow(
        expect.objectContaining({ reason: 'badAnswer' }),
      );
    }
  });

  it('gives back the words of the agent where the view showed marks for hidden characters', () => {
    const approval = anApproval({
      subject: {
        kind: 'question',
        toolUseId: 'u',
        input: {},
        questions: [
          { question: 'Which\u200b?', header: '', multiSelect: true, options: [{ label: 'A\u202e', description: '' }] },
        ],
      },
      choices: [{ id: 'submitAnswers', label: 'Answer', grants: true, updates: [] }],
    });
    const answers = { 'Which⟨U+200B⟩?': ['A⟨U+202E⟩', 'my own words'] };
    expect(readAnswer(approval, { choice: 'submitAnswers', answers }).answers).toEqual({
      'Which\u200b?': ['A\u202e', 'my own words'],
    });
  });
});
