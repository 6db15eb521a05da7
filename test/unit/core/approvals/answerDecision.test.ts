import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAnswer } from '../../../../src/core/approvals/answerDecision.ts';
import type { Approval, ApprovalAnswer } from '../../../../src/core/approvals/approval.ts';
import { approvalFromAsk, askFingerprint, type PersonAsk } from '../../../../src/core/approvals/approvalFromAsk.ts';
import { reduceApproval } from '../../../../src/core/approvals/approvalReducer.ts';
import { claudeAnswerFor } from '../../../../src/core/approvals/claudeAnswerFor.ts';
import type { Actor } from '../../../../src/core/events/actor.ts';

const ada: Actor = { surface: 'panel', name: 'ada', hostId: 'h1' };
const bob: Actor = { surface: 'commandLine', name: 'bob', hostId: 'h2' };

const toolAsk: PersonAsk = {
  kind: 'tool',
  requestId: 'r1',
  toolName: 'Bash',
  toolUseId: 't1',
  input: { command: 'npm test', description: 'Run the tests' },
  suggestions: [
    {
      type: 'addRules',
      rules: [{ toolName: 'Bash', ruleContent: 'npm test *' }],
      behavior: 'allow',
      destination: 'localSettings',
    },
  ],
  requiresUser: false,
  onceOnly: false,
};

const questionAsk: PersonAsk = {
  kind: 'question',
  requestId: 'r2',
  toolName: 'AskUserQuestion',
  toolUseId: 't2',
  input: { questions: [] },
  questions: [
    {
      question: 'Which runner?',
      header: 'Runner',
      multiSelect: false,
      options: [{ label: 'vitest', description: '' }],
    },
  ],
};

const planAsk: PersonAsk = {
  kind: 'plan',
  requestId: 'r3',
  toolName: 'ExitPlanMode',
  toolUseId: 't3',
  input: { plan: '1. do it' },
  plan: '1. do it',
};

const formAsk: Extract<PersonAsk, { kind: 'elicitation' }> = {
  kind: 'elicitation',
  requestId: 'r4',
  server: 'linear',
  message: 'Which team?',
  title: 'Team',
  schema: { required: ['team'], properties: { points: { type: 'integer' }, team: { type: 'string' } } },
  propertyOrder: ['team', 'points'],
};

const pageAsk: PersonAsk = {
  kind: 'elicitation',
  requestId: 'r5',
  server: 'linear',
  message: 'Log in',
  schema: {},
  propertyOrder: [],
  url: 'https://linear.example/login?state=1',
};

function approvalOf(ask: PersonAsk): Approval {
  return approvalFromAsk(ask, {
    id: 'a1',
    taskId: 'k1',
    taskTitle: 'Test',
    folder: '/ws',
    permissionMode: 'default',
    profile: 'safe',
    now: 1000,
  });
}

function settle(approval: Approval, answer: ApprovalAnswer, by = ada): Approval {
  const decision = decideAnswer(approval, answer, by, 2000);
  if (decision.kind !== 'accepted') {
    throw new Error(`not accepted: ${decision.kind}`);
  }
  return reduceApproval(approval, decision.fact) ?? approval;
}

describe('decideAnswer', () => {
  it('lets the first answer win and tells the second who was first', () => {
    const answered = settle(approvalOf(toolAsk), { choice: 'allowOnce' }, ada);
    expect(decideAnswer(answered, { choice: 'deny' }, bob, 3000)).toEqual({
      kind: 'alreadySettled',
      how: '"Allow" by ada, in the panel.',
    });
  });

  it('never lets a settled approval change, whatever follows', () => {
    const choices = fc.constantFrom(
      'allowOnce' as const,
      'allowTask' as const,
      'allowProject' as const,
      'deny' as const,
    );
    fc.assert(
      fc.property(fc.array(choices, { minLength: 1, maxLength: 8 }), sequence => {
        let approval = approvalOf(toolAsk);
        for (const choice of sequence) {
          const decision = decideAnswer(approval, { choice }, ada, 2000);
          approval = decision.kind === 'accepted' ? (reduceApproval(approval, decision.fact) ?? approval) : approval;
        }
        expect(approval.status.state === 'answered' && approval.status.answer.choice).toBe(sequence[0]);
      }),
    );
  });

  it('refuses a choice that is not offered', () => {
    expect(decideAnswer(approvalOf(planAsk), { choice: 'allowOnce' }, ada, 2000).kind).toBe('invalid');
  });

  it('refuses to submit a question without its answer', () => {
    expect(
      decideAnswer(
        approvalOf(questionAsk),
        { choice: 'submitAnswers', answers: { 'Which runner?': [' '] } },
        ada,
        2000,
      ),
    ).toEqual({
      kind: 'invalid',
      why: 'The question "Which runner?" has no answer.',
    });
  });

  it('refuses a form without what is needed, or with a wrong type', () => {
    const send = (content: ApprovalAnswer['content']) =>
      decideAnswer(
        approvalOf(formAsk),
        { choice: 'submitForm', ...(content === undefined ? {} : { content }) },
        ada,
        2000,
      );
    expect(send(undefined)).toEqual({ kind: 'invalid', why: 'The field "team" is needed.' });
    expect(send({ team: 'shop', points: 1.5 })).toEqual({
      kind: 'invalid',
      why: 'The field "points" has to be a whole number.',
    });
    expect(send({ team: 'shop', points: 2 }).kind).toBe('accepted');
  });

  it('lets a form be declined whatever is in it', () => {
    expect(decideAnswer(approvalOf(formAsk), { choice: 'declineForm' }, ada, 2000).kind).toBe('accepted');
  });

  it('refuses to send a plan back without words', () => {
    expect(decideAnswer(approvalOf(planAsk), { choice: 'sendBack' }, ada, 2000).kind).toBe('invalid');
  });
});

describe('approvalFromAsk', () => {
  it('keeps the page that a server wants opened, its title and the order of its fields', () => {
    expect(approvalOf(pageAsk).subject).toMatchObject({ url: 'https://linear.example/login?state=1' });
    expect(approvalOf(formAsk).subject).toMatchObject({ title: 'Team', propertyOrder: ['team', 'points'] });
  });

  it('does not take another page for the same ask', () => {
    expect(askFingerprint({ ...pageAsk, url: 'https://evil.example' } as PersonAsk)).not.toBe(askFingerprint(pageAsk));
  });
});

describe('claudeAnswerFor', () => {
  it('says nothing while the question is open', () => {
    expect(claudeAnswerFor(approvalOf(toolAsk))).toBeUndefined();
  });

  it('runs the input as the person edited it', () => {
    const edited = settle(approvalOf(toolAsk), { choice: 'allowOnce', updatedInput: { command: 'npm test -- one' } });
    expect(claudeAnswerFor(edited)).toEqual({ behavior: 'allow', updatedInput: { command: 'npm test -- one' } });
  });

  it('passes on exactly the rule that the card showed', () => {
    const allowed = settle(approvalOf(toolAsk), { choice: 'allowTask' });
    expect(claudeAnswerFor(allowed)).toMatchObject({
      behavior: 'allow',
      updatedPermissions: [
        { type: 'addRules', rules: [{ toolName: 'Bash', ruleContent: 'npm test *' }], destination: 'session' },
      ],
    });
  });

  it('tells Claude the words of a denial', () => {
    const denied = settle(approvalOf(toolAsk), { choice: 'deny', message: 'Use vitest' });
    expect(claudeAnswerFor(denied)).toEqual({ behavior: 'deny', message: 'Use vitest' });
  });

  it('always has a message for a denial, because Claude Code requires one', () => {
    for (const ask of [toolAsk, questionAsk]) {
      const answer = claudeAnswerFor(settle(approvalOf(ask), { choice: 'deny' }));
      expect(answer?.behavior === 'deny' && answer.message.length).toBeGreaterThan(0);
    }
  });

  it('answers questions by their text', () => {
    const answered = settle(approvalOf(questionAsk), {
      choice: 'submitAnswers',
      answers: { 'Which runner?': ['vitest'] },
    });
    expect(claudeAnswerFor(answered)).toEqual({
      behavior: 'allow',
      updatedInput: { questions: [], answers: { 'Which runner?': 'vitest' } },
    });
  });

  it('approves a plan with edits accepted for the session only', () => {
    const approved = settle(approvalOf(planAsk), { choice: 'approvePlanAcceptEdits' });
    expect(claudeAnswerFor(approved)).toMatchObject({
      updatedPermissions: [{ type: 'setMode', mode: 'acceptEdits', destination: 'session' }],
    });
  });

  it('denies what expired', () => {
    const expired = reduceApproval(approvalOf(toolAsk), {
      type: 'claude-panel.approval.expired',
      data: { approvalId: 'a1', at: 5 },
    });
    expect(expired === undefined ? undefined : claudeAnswerFor(expired)).toEqual({
      behavior: 'deny',
      message: 'Denied: nobody answered in time.',
    });
  });
});

describe('askFingerprint', () => {
  it('is the same for the same ask under new ids, in any order of keys', () => {
    const again: PersonAsk = {
      ...toolAsk,
      requestId: 'r9',
      toolUseId: 't9',
      input: { description: 'Run the tests', command: 'npm test' },
    };
    expect(askFingerprint(again)).toBe(askFingerprint(toolAsk));
  });

  it('differs for another input', () => {
    expect(askFingerprint({ ...toolAsk, input: { command: 'rm -rf .' } })).not.toBe(askFingerprint(toolAsk));
  });
});
