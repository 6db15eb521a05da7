import type { CommandName } from './commands.ts';

interface KeybindingContribution {
  readonly command: CommandName;
  readonly key: string;
  readonly mac: string;
  readonly when: string;
}

/*
 * Few, and only such as lead to a question: none answers one. The chord begins like VS Code's own chords, so that no
 * key of VS Code or of a keyboard layout (AltGr) is taken away.
 */
export const KEYBINDINGS: readonly KeybindingContribution[] = [
  { command: 'focusInbox', key: 'ctrl+k ctrl+alt+i', mac: 'cmd+k cmd+alt+i', when: 'claudePanel.hasPending' },
  { command: 'nextApproval', key: 'ctrl+k ctrl+alt+n', mac: 'cmd+k cmd+alt+n', when: 'claudePanel.hasPending' },
  { command: 'previousApproval', key: 'ctrl+k ctrl+alt+p', mac: 'cmd+k cmd+alt+p', when: 'claudePanel.hasPending' },
];
