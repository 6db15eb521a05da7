import { describe, expect, it } from 'vitest';
import { approvalCard } from '../../../../src/cli/answering/approvalCard.ts';
import { menuFor } from '../../../../src/cli/answering/menu.ts';
import type { PersonAsk } from '../../../../src/core/approvals/approvalFromAsk.ts';
import { gateApproval } from '../../../../src/core/approvals/gateApproval.ts';
import { PanelFixture, planAsk, questionAsk, writeAsk } from '../panelFixture.ts';

function cardOf(ask: PersonAsk): string {
  const panel = new PanelFixture();
  const approval = panel.ask(panel.addTask('Add a file').id, ask);
  return approvalCard(approval, (_colour, text) => text, panel.clock.now() + 60_000).join('\n');
}

const gate = gateApproval({
  id: 'g1',
  chainId: 'c1',
  stepId: 'gate',
  title: 'Release',
  folder: '/work',
  message: 'Publish this?',
  shown: 'one\ntwo\u202e',
  now: 0,
});

describe('approvalCard', () => {
  it('shows a gate with its chain, its question and what is shown with it', () => {
    const card = approvalCard(gate, (_colour, text) => text, 0).join('\n');
    expect(card).toContain('Gate: Publish this?');
    expect(card).toMatch(/Chain +Release \(c1\)/);
    expect(card).toContain('  Publish this?\n  shown:\n    one\n    two⟨U+202E⟩');
    expect(card).toContain('hidden characters');
  });

  it('lets a gate be denied with words', () => {
    expect(menuFor(gate).map(({ key, label }) => [key, label])).toEqual([
      ['y', 'Approve'],
      ['n', 'Deny'],
      ['m', 'Deny with a message'],
    ]);
  });

  it('shows the whole input, why it is asked and what each choice saves', () => {
    const long = Array.from({ length: 300 }, (_, index) => `line ${index}`).join('\n');
    const card = cardOf(writeAsk('a.txt', long));
    expect(card).toContain('file_path: /work/a.txt');
    expect(card).toContain('+ line 0\n');
    expect(card).toContain('+ line 299');
    expect(card).toMatch(/Why +Asked because edits ask/);
    expect(card).toMatch(/Asked +1 min ago/);
    expect(card).toMatch(/allowProject .*Edit\(src\/\*\*\) \(kept in \.claude\/settings\.local\.json\)/);
  });

  it('shows an edit as what goes and what comes', () => {
    const edit: PersonAsk = {
      ...(writeAsk('a') as Extract<PersonAsk, { kind: 'tool' }>),
      toolName: 'Edit',
      input: { file_path: '/work/a', old_string: 'one', new_string: 'two' },
    };
    expect(cardOf(edit)).toContain('old_string:\n  - one\n  new_string:\n  + two');
  });

  it('prints the page that an MCP server wants opened', () => {
    const page: PersonAsk = {
      kind: 'elicitation',
      requestId: 'r',
      server: 'linear',
      title: 'Login',
      message: 'Log in',
      schema: {},
      propertyOrder: [],
      url: 'https://linear.example/login?state=1',
    };
    expect(cardOf(page)).toContain('https://linear.example/login?state=1');
    expect(cardOf(page)).toContain('Login');
  });

  it('makes hidden characters visible and says that there are some', () => {
    const bash: PersonAsk = {
      ...(writeAsk('a') as Extract<PersonAsk, { kind: 'tool' }>),
      toolName: 'Bash',
      input: { command: 'rm -rf /\rgit status \u202e' },
    };
    const card = cardOf(bash);
    expect(card).toContain('command: rm -rf /⟨U+000D⟩git status ⟨U+202E⟩');
    expect(card).toContain('It holds hidden characters');
    expect(cardOf(writeAsk('a'))).not.toContain('hidden characters');
  });

  it('shows questions with their options, and plans', () => {
    expect(cardOf(questionAsk(true))).toContain('Which database? (several)\n    1  PostgreSQL  a server');
    expect(cardOf(planAsk())).toContain('1. Do it');
  });
});

describe('menuFor', () => {
  const keysOf = (ask: PersonAsk): string => {
    const panel = new PanelFixture();
    return menuFor(panel.ask(panel.addTask('x').id, ask))
      .map(item => item.key)
      .join('');
  };

  it('has one key for each answer', () => {
    expect(keysOf(writeAsk('a'))).toBe('ytpnm');
    expect(keysOf(questionAsk())).toBe('ynm');
    expect(keysOf(planAsk())).toBe('yem');
  });

  it('says the exact rule and where it is kept', () => {
    const panel = new PanelFixture();
    const labels = menuFor(panel.ask(panel.addTask('x').id)).map(item => item.label);
    expect(labels).toContain('Allow in this project: Edit(src/**), kept in .claude/settings.local.json');
  });
});
