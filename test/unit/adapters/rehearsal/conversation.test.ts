import { describe, expect, it } from 'vitest';
import { readConversation } from '../../../../src/adapters/rehearsal/conversation.ts';
import {
  assistant,
  conversationOf,
  ENVIRONMENT,
  FOLLOW_UP,
  PLAN_MODE,
  person,
  REMINDER,
  requestOf,
  system,
  text,
  toolRound,
} from './requestSamples.ts';

const START = [person(REMINDER, 'fix it'), system(ENVIRONMENT)];

describe('the prompt of a conversation', () => {
  it('is the text of the person, without reminders', () => {
    expect(conversationOf(START)).toMatchObject({ prompt: 'fix it', promptIndex: 0, isFollowUp: false });
    expect(conversationOf([{ role: 'user', content: 'plain text' }]).prompt).toBe('plain text');
    expect(conversationOf([person(`fix it\n${REMINDER}`)]).prompt).toBe('fix it');
  });

  it('is the newest of several', () => {
    const conversation = conversationOf([...START, assistant('Done.'), person('and now this')]);
    expect(conversation).toMatchObject({ prompt: 'and now this', promptIndex: 3 });
    expect(conversation.rounds).toHaveLength(1);
  });

  it.each([
    'Tool loaded.',
    '[Request interrupted by user for tool use]',
    'Your response above was cut off mid-stream. Resume directly from where it stops.',
    'Your response above was stopped by a safety classifier — this is not a tool or API error.',
    'Output token limit hit. Resume directly — no apology.',
    '<local-command-stdout>Compacted </local-command-stdout>\n',
    '<command-name>/review</command-name>',
    'This session is being continued from a previous conversation that ran out of context.',
  ])('is not what Claude Code says in its name: %s', note => {
    const conversation = conversationOf([...START, assistant('One.'), person(note)]);
    expect(conversation.prompt).toBe('fix it');
    expect(conversation.rounds).toHaveLength(2);
  });

  it('is what the person sent while the model worked', () => {
    const conversation = conversationOf([...START, ...toolRound('Bash', {}, 'hi'), system(FOLLOW_UP)]);
    expect(conversation).toMatchObject({ prompt: 'also do this', isFollowUp: true });
    expect(conversation.rounds).toHaveLength(1);
  });

  it('is found behind the result of a tool, where older versions put it, and only at its end', () => {
    const reminder =
      '<system-reminder>\nThe user sent a new message while you were working:\nalso this\n\nIMPORTANT: After completing your current task, you MUST address it.\n</system-reminder>';
    const conversation = conversationOf([...START, ...toolRound('Bash', {}, `hi\n\n${reminder}`)]);
    expect(conversation).toMatchObject({ prompt: 'also this', isFollowUp: true });
    expect(conversation.rounds).toHaveLength(1);
    expect(conversationOf([...START, ...toolRound('Bash', {}, `${reminder}\nhi`)]).prompt).toBe('fix it');
  });

  it('is found in the reminder that older versions put it in', () => {
    const reminder =
      '<system-reminder>\nThe user sent the following message:\nalso this\n\nPlease address this message and continue.\n</system-reminder>';
    expect(conversationOf([...START, assistant('One.'), person(reminder)])).toMatchObject({
      prompt: 'also this',
      isFollowUp: true,
    });
  });

  it('can come with the result of an interrupted tool', () => {
    const [call, result] = toolRound('Bash', {}, 'stopped', true);
    const blocks = [
      ...((result?.content ?? []) as []),
      text('[Request interrupted by user for tool use]'),
      text('new'),
    ];
    const conversation = conversationOf([...START, call as never, { role: 'user', content: blocks }]);
    expect(conversation.prompt).toBe('new');
  });
});

describe('the rounds of a conversation', () => {
  it('are counted from the prompt, each with what the tools gave back before it', () => {
    const conversation = conversationOf([
      ...START,
      ...toolRound('Read', { file_path: 'a' }, 'text of a'),
      ...toolRound('Bash', { command: 'b' }, 'no', true),
    ]);
    expect(conversation.rounds.map(round => round.outcomes)).toEqual([
      [],
      [{ name: 'Read', input: { file_path: 'a' }, result: 'text of a', isError: false }],
      [{ name: 'Bash', input: { command: 'b' }, result: 'no', isError: true }],
    ]);
  });

  it('know the report of an agent in the background by its notification', () => {
    const [call, started] = toolRound('Agent', {}, 'Async agent launched successfully.');
    const id = (call?.content as { id: string }[] | undefined)?.[0]?.id;
    const notification = `<system-reminder>\n<task-notification>\n<tool-use-id>${id}</tool-use-id>\n<result>All is well.</result>\n</task-notification>\n</system-reminder>`;
    const conversation = conversationOf([
      ...START,
      call as never,
      started as never,
      assistant('Wait.'),
      person(notification),
    ]);
    expect(conversation.rounds.at(-1)?.outcomes).toMatchObject([{ name: 'Agent', result: 'All is well.' }]);
    expect(conversation.prompt).toBe('fix it');
  });

  it('know when plan mode is on, and where the plan goes', () => {
    const planning = [...START, ...toolRound('EnterPlanMode', {}, 'Entered plan mode.'), system(PLAN_MODE)];
    const approved = [
      ...toolRound('ExitPlanMode', {}, 'User has approved'),
      system('## Exited Plan Mode\n\nYou can now edit.'),
    ];
    const conversation = conversationOf([...planning, ...approved]);
    expect(conversation.rounds.map(round => round.inPlanMode)).toEqual([false, true, false]);
    expect(conversation.planFile).toBe('/home/ann/.claude/plans/quiet fox.md');
  });

  it('know plan mode from the first message on when it was chosen before', () => {
    const conversation = conversationOf([person('fix it'), system(`${ENVIRONMENT}\n\n${PLAN_MODE}`)]);
    expect(conversation.rounds.map(round => round.inPlanMode)).toEqual([true]);
  });
});

describe('what surrounds a conversation', () => {
  it('is read from the texts of the program only', () => {
    const conversation = conversationOf([person('Primary working directory: /elsewhere'), system(ENVIRONMENT)]);
    expect(conversation.cwd).toBe('/home/ann/shop');
  });

  it('names the tools on offer, also those that are loaded later', () => {
    expect([...conversationOf(START).tools].sort()).toEqual([
      'Bash',
      'EnterPlanMode',
      'ExitPlanMode',
      'Read',
      'TaskCreate',
    ]);
  });

  it('tells a sub-agent by its id or by the mark in the system prompt', () => {
    const marked = { system: [text('x-anthropic-billing-header: cc_is_subagent=true;')] };
    expect(conversationOf(START).agent).toBe('main');
    expect(conversationOf(START, marked).agent).toBe('sub');
    expect(readConversation(requestOf(START), 'agent-1').agent).toBe('sub');
  });
});
