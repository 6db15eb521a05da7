import { describe, expect, it } from 'vitest';
import { denyingAnswer, grantingAnswer } from '../../../../src/cli/answering/chosenAnswer.ts';
import { UsageError } from '../../../../src/cli/usageError.ts';
import type { Approval } from '../../../../src/core/approvals/approval.ts';
import type { PersonAsk } from '../../../../src/core/approvals/approvalFromAsk.ts';
import { PanelFixture, planAsk, questionAsk, writeAsk } from '../panelFixture.ts';

function asked(ask: PersonAsk): Approval {
  const panel = new PanelFixture();
  return panel.ask(panel.addTask('Do it').id, ask);
}
const none = { answers: [] };
const form: PersonAsk = {
  kind: 'elicitation',
  requestId: 'r',
  server: 'github',
  message: 'Who?',
  schema: { type: 'object', properties: { name: { type: 'string' } } },
  propertyOrder: ['name'],
};

describe('grantingAnswer', () => {
  it('allows once without saying more', () => {
    expect(grantingAnswer(asked(writeAsk('a')), none)).toEqual({ choice: 'allowOnce' });
  });

  it('takes the choice that was named, however it is written', () => {
    expect(grantingAnswer(asked(writeAsk('a')), { ...none, choice: 'allow-project' }).choice).toBe('allowProject');
  });

  it('names the choices when there is no such one', () => {
    expect(() => grantingAnswer(asked(writeAsk('a')), { ...none, choice: 'always' })).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('allowOnce, allowTask, allowProject, deny') }),
    );
  });

  it('runs the given input instead', () => {
    const json = { file_path: '/work/b', content: 'x' };
    expect(grantingAnswer(asked(writeAsk('a')), { ...none, json })).toEqual({
      choice: 'allowOnce',
      updatedInput: json,
    });
  });

  it('takes a label, a number or own words as the answer to a question', () => {
    const approval = asked(questionAsk());
    const answerOf = (text: string) => grantingAnswer(approval, { answers: [text] }).answers;
    expect(answerOf('sqlite')).toEqual({ 'Which database?': ['SQLite'] });
    expect(answerOf('1')).toEqual({ 'Which database?': ['PostgreSQL'] });
    expect(answerOf('MongoDB')).toEqual({ 'Which database?': ['MongoDB'] });
  });

  it('takes several answers only where several are allowed', () => {
    expect(grantingAnswer(asked(questionAsk(true)), { answers: ['1', '2'] }).answers).toEqual({
      'Which database?': ['PostgreSQL', 'SQLite'],
    });
    expect(() => grantingAnswer(asked(questionAsk()), { answers: ['1', '2'] })).toThrow(UsageError);
  });

  it('gives the answers to several questions in order, or by number', () => {
    const base = questionAsk();
    if (base.kind !== 'question') {
      throw new Error('no question');
    }
    const second = { question: 'Which port?', header: 'Port', multiSelect: false, options: [] };
    const approval = asked({ ...base, questions: [...base.questions, second] });
    const expected = { 'Which database?': ['SQLite'], 'Which port?': ['8080'] };
    expect(grantingAnswer(approval, { answers: ['SQLite', '8080'] }).answers).toEqual(expected);
    expect(grantingAnswer(approval, { answers: ['2:8080', '1:SQLite'] }).answers).toEqual(expected);
    expect(() => grantingAnswer(approval, { answers: ['3:x'] })).toThrow(UsageError);
  });

  it('approves a plan, and fills in a form', () => {
    expect(grantingAnswer(asked(planAsk()), none)).toEqual({ choice: 'approvePlan' });
    expect(grantingAnswer(asked(form), { ...none, json: { name: 'ada', odd: ['x'] } })).toEqual({
      choice: 'submitForm',
      content: { name: 'ada' },
    });
  });
});

describe('denyingAnswer', () => {
  it('denies with the message', () => {
    expect(denyingAnswer(asked(writeAsk('a')), 'Not there.')).toEqual({ choice: 'deny', message: 'Not there.' });
  });

  it('sends a plan back with words even when none were given', () => {
    expect(denyingAnswer(asked(planAsk()), undefined)).toEqual({ choice: 'sendBack', message: 'Do not do this.' });
  });

  it('declines a form', () => {
    expect(denyingAnswer(asked(form), undefined)).toEqual({ choice: 'declineForm' });
  });
});
