interface ModeWords {
  /** Two or three words, for a picker. */
  readonly title: string;
  /** A whole sentence: what is asked and what is not. */
  readonly sentence: string;
}

const ASK: ModeWords = {
  title: 'Ask before changes',
  sentence: 'Asks before it writes files, runs commands that can change something, or uses the network.',
};

const WORDS: ReadonlyMap<string, ModeWords> = new Map([
  ['default', ASK],
  ['manual', ASK],
  [
    'acceptEdits',
    {
      title: 'Accept edits',
      sentence:
        'Creates, changes and deletes files inside the folder without asking; asks before other commands and before the network.',
    },
  ],
  [
    'plan',
    {
      title: 'Plan first',
      sentence: 'Reads and plans; asks you to approve the plan before it starts to change things.',
    },
  ],
  ['dontAsk', { title: 'Deny instead of asking', sentence: 'Never asks: what no rule allows is denied.' }],
  [
    'auto',
    {
      title: 'Decide by itself',
      sentence: 'A classifier of Claude Code decides what runs without asking you.',
    },
  ],
  ['bypassPermissions', { title: 'Run without asking', sentence: 'Does everything without asking.' }],
]);

/** A permission mode in plain words; a mode that this version does not know keeps its own name. */
export function modeWords(mode: string): ModeWords {
  return WORDS.get(mode) ?? { title: mode, sentence: `The permission mode ${mode} of Claude Code.` };
}
