import { userInfo } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { usePanelStage } from './support/panelStage.ts';
import { calls, says, writes } from './support/script.ts';
import { shownText } from './support/shownText.ts';

const ME = userInfo().username;
const ECHO = says('I was told: {{lastResult}}');

interface Question {
  readonly question: string;
  readonly header: string;
  readonly multiSelect?: boolean;
  readonly options: readonly string[];
}

function asks(...questions: readonly Question[]): string {
  const input = questions.map(({ multiSelect = false, options, ...question }) => ({
    ...question,
    multiSelect,
    options: options.map(label => ({ label, description: `Choose ${label}` })),
  }));
  return calls('AskUserQuestion', { questions: input });
}

const STORE: Question = { question: 'Which store should it use?', header: 'Store', options: ['SQLite', 'Memory'] };
const CHECKS: Question = {
  question: 'Which checks should run?',
  header: 'Checks',
  multiSelect: true,
  options: ['Types', 'Units', 'Lint'],
};

function plans(text: string): string {
  return [calls('Write', { file_path: '{{planFile}}', content: text }), calls('ExitPlanMode', { plan: text })].join(
    '\n',
  );
}

const PROFILES = `version: 1
profiles:
  planning: { extends: speed, permissionMode: plan, description: Plans first. }
`;

describe('a task', () => {
  const stage = usePanelStage({ files: { '.claude-panel/profiles.yaml': PROFILES } });

  /** What Claude was told, by its own account. */
  async function echoOf(title: string): Promise<string> {
    await stage().panel.state('Done');
    return stage().data.words((await stage().task(title)).id);
  }

  describe('that asks a question', () => {
    it('is answered by pressing one of the options', async () => {
      const { panel } = stage();
      await panel.runScript('Ask for one', asks(STORE), ECHO);
      const card = await panel.card('Ask for one: Which store should it use?');
      await card.press('SQLite Choose SQLite');
      expect(await card.settled()).toBe(`Answered by ${ME}, in the panel`);
      expect(await echoOf('Ask for one')).toContain('"Which store should it use?"="SQLite"');
    });

    it('is answered in own words', async () => {
      const { panel } = stage();
      await panel.runScript('Ask for words', asks(STORE), ECHO);
      const card = await panel.card('Ask for words: Which store should it use?');
      await card.button('Something else…').click();
      await card.root.getByRole('textbox').fill('A plain file, for now');
      await card.press('Answer');
      expect(await echoOf('Ask for words')).toContain('"Which store should it use?"="A plain file, for now"');
    });

    it('gets all answers at once when it asks several questions', async () => {
      const { panel } = stage();
      await panel.runScript('Ask for several', asks(STORE, CHECKS), ECHO);
      const card = await panel.card('Ask for several: Which store should it use?');
      await card.root.getByRole('radio', { name: /^Memory/ }).click();
      expect(await card.button('Answer').isEnabled()).toBe(false);
      await card.root.getByRole('checkbox', { name: /^Lint/ }).click();
      await card.root.getByRole('checkbox', { name: /^Types/ }).click();
      await card.press('Answer');
      const echo = await echoOf('Ask for several');
      expect(echo).toContain('"Which store should it use?"="Memory"');
      expect(echo).toContain('"Which checks should run?"="Types, Lint"');
    });

    it('goes on without an answer when a person does not want to give one', async () => {
      const { panel } = stage();
      await panel.runScript('Ask in vain', asks(STORE), ECHO);
      const card = await panel.card('Ask in vain: Which store should it use?');
      await card.deny('Decide yourself', 'Do not answer…', 'Do not answer');
      expect(await card.settled()).toBe(`Declined by ${ME}, in the panel`);
      expect(await echoOf('Ask in vain')).toContain('Decide yourself');
    });
  });

  describe('that shows a plan', () => {
    beforeAll(async () => {
      await stage().panel.open();
      await stage().panel.chooseProfile('planning');
    });

    it('begins with it when it is approved, and still asks before it writes', async () => {
      const { panel } = stage();
      const plan = plans('# The plan\n\n1. Make **planned.txt**');
      await panel.runScript('Plan it', plan, writes('planned.txt', 'as planned\n'), says('Done.'));
      const card = await panel.card('Plan it: Shows a plan and asks whether to carry it out');
      await card.root.getByRole('heading', { name: 'The plan' }).waitFor();
      expect(await shownText(card.root.getByRole('listitem'))).toBe('Make planned.txt');
      await card.press('Approve');
      expect(await card.settled()).toBe(`Approved by ${ME}, in the panel`);
      const write = await panel.card('Plan it: Create planned.txt');
      expect(stage().has('planned.txt')).toBe(false);
      await write.press('Allow');
      await panel.state('Done');
      expect(stage().read('planned.txt')).toBe('as planned\n');
    });

    it('edits without asking when it is approved with its edits', async () => {
      const { panel, data } = stage();
      await panel.runScript('Plan edits', plans('# Edits'), writes('accepted.txt', 'as planned\n'), says('Done.'));
      const card = await panel.card(/^Plan edits: Shows a plan/);
      expect(await card.moreChoices()).toEqual([
        'Approve, accept edits\nSaved in this task only\nmode acceptEdits: edits in the folder are not asked',
      ]);
      await card.choose(/^Approve, accept edits/);
      await panel.state('Done');
      expect(stage().read('accepted.txt')).toBe('as planned\n');
      const { id } = await stage().task('Plan edits');
      expect(data.events(id, 'approval.requested')).toHaveLength(1);
    });

    it('shows another one after comments were sent back', async () => {
      const { panel } = stage();
      const second = plans('# Second plan\n\nYou said: {{lastResult}}');
      await panel.runScript('Plan again', plans('# First plan'), second, says('Done.'));
      const first = await panel.card(/^Plan again: Shows a plan/);
      await first.root.getByRole('heading', { name: 'First plan' }).waitFor();
      await first.deny('Smaller steps, please', 'Send back…', 'Send back');
      expect(await first.settled()).toBe(`Sent back by ${ME}, in the panel`);
      const next = await panel.card(/^Plan again: Shows a plan/);
      await next.root.getByRole('heading', { name: 'Second plan' }).waitFor();
      expect(await shownText(next.root)).toContain('You said: Smaller steps, please');
      await next.press('Approve');
      await panel.state('Done');
    });
  });
});
