import type { CommandSpec, OperandSpec, OptionSpec } from './commandSpec.ts';
import { PHASES } from './progress/stateWords.ts';
import { APPROVE, JSON_EVENTS, MAX_MINUTES } from './running/runOptions.ts';

const ID: OperandSpec = { name: 'ID' };
const JSON_RESULT: OptionSpec = { name: 'json', kind: 'flag', summary: 'print JSON instead of text' };
const ID_NOTE = 'An ID may be shortened to a beginning that fits only one.';
const APPROVAL_NOTE = 'ID is that of the approval, or of a task or chain with exactly one open question.';

const CONFLICTS: OptionSpec = {
  name: 'conflicts',
  kind: 'text',
  value: 'CHOICE',
  choices: ['keep', 'put-back', 'both'],
  summary: 'what to do where something has changed since: leave it, put the earlier one in its place, or beside it',
};

/** Options that every command takes. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'cwd',
    kind: 'text',
    value: 'DIRECTORY',
    summary:
      'where to work; the workspace is the nearest folder at or above it with .claude-panel (not your home for ~/.claude-panel), else its git root, else itself',
  },
  { name: 'help', kind: 'flag', summary: 'print help and end' },
  { name: 'version', kind: 'flag', summary: 'print the version and end' },
];

/** Every command of the program. Parsing, help and dispatch follow from it. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'run',
    summary: 'start a task and follow it to its end',
    operands: [{ name: 'PROMPT', takesRest: true }],
    options: [
      {
        name: 'profile',
        kind: 'text',
        value: 'NAME',
        summary: 'the profile to start it with; see claude-panel profiles',
      },
      { name: 'title', kind: 'text', value: 'TEXT', summary: 'a title of your own' },
      APPROVE,
      MAX_MINUTES,
      JSON_EVENTS,
    ],
    details: [
      'PROMPT may be - to read it from standard input.',
      'This process owns the task. Ctrl+C stops it; a second Ctrl+C ends it at once.',
      'With --approve ask and no terminal, a question waits while a VS Code window has the workspace open. Without one it is denied after 15 seconds (CLAUDE_PANEL_ANSWER_SECONDS), unless it is answered with claude-panel approve or deny.',
      'Exit codes: 0 succeeded, 1 failed, 2 usage, 3 something was denied or nobody was there to answer, 124 timed out, 130 stopped or set aside.',
    ],
    examples: [
      'claude-panel run "Add a health endpoint and test it"',
      'claude-panel run --profile safe --approve deny --json "Review the last commit" | jq .type',
    ],
    load: async () => (await import('./commands/run.ts')).run,
  },
  {
    name: 'exec',
    summary: 'run a command of the catalogue by its name and follow it to its end',
    operands: [{ name: 'NAME' }],
    options: [
      {
        name: 'input',
        kind: 'texts',
        value: 'NAME=VALUE',
        summary: 'a value for one of its inputs; again for the next one',
      },
      { name: 'dry-run', kind: 'flag', summary: 'print what it would do, and do nothing of it' },
      APPROVE,
      {
        name: 'json',
        kind: 'flag',
        summary:
          'print the events of the chain or task as CloudEvents, one JSON object a line; with --dry-run the plan',
      },
    ],
    details: [
      'NAME is that of a command (see claude-panel commands), or claude:NAME for a slash command, skill or agent of Claude Code; that takes --input arguments=TEXT.',
      'This process owns the chain and its tasks. Ctrl+C stops them. A chain whose process dies is taken over by a VS Code window that has the workspace open.',
      'A gate is asked at the terminal. With --approve allow or deny it is denied: it is for a person.',
      'Exit codes: 0 succeeded, 1 failed, 2 usage, 3 something was denied or nobody was there to answer, 124 timed out, 130 stopped or set aside.',
    ],
    examples: [
      'claude-panel exec release-notes --input since=v1.2.0',
      'claude-panel exec review-changes --dry-run',
      'claude-panel exec claude:commit --input arguments="Only what is staged"',
    ],
    load: async () => (await import('./commands/exec.ts')).exec,
  },
  {
    name: 'list',
    summary: 'list the tasks and chains of the workspace, newest first',
    operands: [],
    options: [
      { name: 'all', kind: 'flag', summary: 'archived and older tasks, too' },
      {
        name: 'state',
        kind: 'text',
        value: 'STATE',
        choices: PHASES,
        summary: `only tasks in this state: ${PHASES.join(', ')}`,
      },
      JSON_RESULT,
    ],
    load: async () => (await import('./commands/list.ts')).list,
  },
  {
    name: 'show',
    summary: 'show one task or chain',
    operands: [ID],
    options: [{ name: 'transcript', kind: 'flag', summary: 'its whole transcript, too' }, JSON_RESULT],
    details: [ID_NOTE],
    load: async () => (await import('./commands/show.ts')).show,
  },
  {
    name: 'watch',
    summary: 'follow one task or chain to its end, or everything until Ctrl+C',
    operands: [{ name: 'ID', isOptional: true }],
    options: [
      {
        name: 'after',
        kind: 'text',
        value: 'SEQ',
        summary:
          'begin after the event with this seq; 0 is the whole log. A task is shown from its beginning, everything from now on',
      },
      JSON_EVENTS,
    ],
    details: ['With an ID it ends when the task ends, with the exit code that run would have.', ID_NOTE],
    load: async () => (await import('./commands/watch.ts')).watch,
  },
  {
    name: 'approvals',
    aliases: ['inbox'],
    summary: 'show what waits for a person; with an ID the whole question',
    operands: [{ name: 'ID', isOptional: true }],
    options: [JSON_RESULT],
    details: [APPROVAL_NOTE],
    load: async () => (await import('./commands/approvals.ts')).approvals,
  },
  {
    name: 'approve',
    summary: 'say yes to what waits for a person',
    operands: [ID],
    options: [
      {
        name: 'choice',
        kind: 'text',
        value: 'CHOICE',
        summary:
          'which yes, such as allowOnce (the default), allowTask or allowProject; claude-panel approvals ID lists them',
      },
      {
        name: 'answer',
        kind: 'texts',
        value: 'LABEL',
        summary:
          'the answer to a question: the label or number of an option, or your own words; again for the next question, or N:LABEL for question N',
      },
      { name: 'message', kind: 'text', value: 'TEXT', summary: 'words for the ledger' },
      {
        name: 'json-input',
        kind: 'text',
        value: 'FILE',
        summary:
          'a JSON object that is run instead of the input of the tool, or that fills in a form; - is standard input',
      },
    ],
    details: [APPROVAL_NOTE, 'The first answer wins. When somebody was quicker, the command fails and says who.'],
    examples: ['claude-panel approve 7k2m --choice allowTask', 'claude-panel approve 7k2m --answer PostgreSQL'],
    load: async () => (await import('./commands/answer.ts')).approve,
  },
  {
    name: 'deny',
    summary: 'say no to what waits for a person',
    operands: [ID],
    options: [{ name: 'message', kind: 'text', value: 'TEXT', summary: 'why, or what to do instead; Claude reads it' }],
    details: [APPROVAL_NOTE],
    examples: ['claude-panel deny 7k2m --message "Use the existing helper."'],
    load: async () => (await import('./commands/answer.ts')).deny,
  },
  {
    name: 'ledger',
    summary: 'show every decision: by people, and by rules, modes and hooks without asking',
    operands: [],
    options: [JSON_RESULT],
    details: ['The 1000 newest decisions, newest first.'],
    load: async () => (await import('./commands/ledger.ts')).ledger,
  },
  {
    name: 'stop',
    summary: 'stop a task or chain, or all, and wait until they have ended',
    operands: [{ name: 'ID', isOptional: true }],
    options: [{ name: 'all', kind: 'flag', summary: 'every task and chain of the workspace that has not ended' }],
    details: [ID_NOTE],
    load: async () => (await import('./commands/stop.ts')).stop,
  },
  {
    name: 'pause',
    summary: 'set a task aside: its session is kept, its process ends',
    operands: [ID],
    options: [],
    details: [ID_NOTE],
    load: async () => (await import('./commands/pause.ts')).pause,
  },
  {
    name: 'resume',
    summary: 'continue a paused or finished task, with a message if you like, or a chain whose program is gone',
    operands: [ID, { name: 'MESSAGE', isOptional: true, takesRest: true }],
    options: [JSON_EVENTS],
    details: [
      'A program that works through the queue (a VS Code window) runs it; without one this process does, and follows it.',
      ID_NOTE,
    ],
    load: async () => (await import('./commands/resume.ts')).resume,
  },
  {
    name: 'send',
    summary: 'say something to a task; a finished one goes on with it',
    operands: [ID, { name: 'MESSAGE', takesRest: true }],
    options: [JSON_EVENTS],
    details: [ID_NOTE],
    load: async () => (await import('./commands/send.ts')).send,
  },
  {
    name: 'fork',
    summary: 'start a new task from the whole conversation of another one',
    operands: [ID, { name: 'MESSAGE', takesRest: true }],
    options: [JSON_EVENTS],
    details: [ID_NOTE],
    load: async () => (await import('./commands/fork.ts')).fork,
  },
  {
    name: 'undo',
    summary: 'put back what a task changed, where nothing has changed since',
    operands: [{ name: 'TASK', isOptional: true }],
    options: [
      { name: 'dry-run', kind: 'flag', summary: 'only show what would be done' },
      CONFLICTS,
      {
        name: 'path',
        kind: 'texts',
        value: 'FILE',
        summary: 'only this file, or this folder and what is below it; may be given again',
      },
      {
        name: 'since',
        kind: 'text',
        value: 'TIME',
        summary: 'everything that tasks did since then: 30m, 2h, 1d, or 2026-11-21T10:00',
      },
      { name: 'last-run', kind: 'flag', summary: 'only what the last run of the task did' },
      {
        name: 'fork',
        kind: 'text',
        value: 'MESSAGE',
        summary: 'only the last run; then go on with the conversation as it was before it, as a new task',
      },
      { name: 'list', kind: 'flag', summary: 'list what can be undone' },
      {
        name: 'free',
        kind: 'text',
        value: 'TIME',
        summary: 'undo nothing, but remove the snapshots from before then: 0m, 7d, or 2026-11-21T10:00',
      },
      JSON_RESULT,
    ],
    details: [
      'Without TASK it is the task that ended last. TASK may also be a chain.',
      'Snapshots are taken before and after every run of a task. Only a path that the task changed is put back, and only when it still is what the task left; everything else is a conflict, and stays as it is unless --conflicts says otherwise.',
      'It takes a snapshot first, so that claude-panel redo can take the undo back.',
      'Exit codes: 0 done, 1 something failed or a conflict was left because --conflicts was not given, 2 usage.',
      'What snapshots cover is in docs/undo.md.',
    ],
    examples: ['claude-panel undo --dry-run', 'claude-panel undo 7k2m --path src --conflicts both'],
    load: async () => (await import('./commands/undo.ts')).undo,
  },
  {
    name: 'redo',
    summary: 'take an undo back',
    operands: [{ name: 'UNDO', isOptional: true }],
    options: [{ name: 'dry-run', kind: 'flag', summary: 'only show what would be done' }, CONFLICTS, JSON_RESULT],
    details: ['Without UNDO it is the last one. claude-panel undo prints the id of each.'],
    load: async () => (await import('./commands/redo.ts')).redo,
  },
  {
    name: 'profiles',
    summary: 'list the profiles and what each grants',
    operands: [],
    options: [JSON_RESULT],
    load: async () => (await import('./commands/profiles.ts')).profiles,
  },
  {
    name: 'commands',
    summary: 'list the commands that can be run by their names, and what Claude Code offers itself',
    operands: [],
    options: [JSON_RESULT],
    details: [
      'A bare name reaches the first of project:NAME, user:NAME and global:NAME that is there; the full name always reaches its own.',
      'How to write one is in docs/commands.md.',
    ],
    load: async () => (await import('./commands/commands.ts')).commands,
  },
  {
    name: 'check',
    summary: 'check files of commands; fails when something is wrong with one',
    operands: [{ name: 'FILE', isOptional: true, repeats: true }],
    options: [JSON_RESULT],
    details: [
      'Without a FILE it checks all commands of the workspace and your own.',
      'Each problem is one line: FILE:LINE:COLUMN: what is wrong, and what to do.',
    ],
    examples: ['claude-panel check', 'claude-panel check .claude-panel/commands/release-notes.yaml'],
    load: async () => (await import('./commands/check.ts')).check,
  },
  {
    name: 'health',
    summary: 'check that everything works; fails when something is wrong',
    operands: [],
    options: [JSON_RESULT],
    load: async () => (await import('./commands/health.ts')).health,
  },
  {
    name: 'restore',
    summary: 'show what a backup would bring back; with --yes bring it back',
    operands: [{ name: 'ARCHIVE' }],
    options: [{ name: 'yes', kind: 'flag', summary: 'do it' }, JSON_RESULT],
    details: [
      'ARCHIVE is a file, the name of a backup of this workspace, or latest. Backups are made with the command backup-now.',
      'Files that the backup does not have stay. What is replaced is kept in .claude-panel, in a folder that is named at the end.',
    ],
    examples: ['claude-panel restore latest', 'claude-panel restore latest --yes'],
    load: async () => (await import('./commands/restore.ts')).restore,
  },
  {
    name: 'rehearse',
    summary: 'serve the rehearsal model, which plays Claude without an account, until Ctrl+C',
    operands: [],
    options: [
      {
        name: 'scenario',
        kind: 'text',
        value: 'FILE',
        summary: 'a YAML file that says what it answers; the demo when absent',
      },
      { name: 'port', kind: 'text', value: 'N', summary: 'the port to listen on; a free one when absent or 0' },
      { name: 'json', kind: 'flag', summary: 'print address and environment as one JSON object' },
    ],
    details: ['The first line on stdout is its address; then comes the environment that Claude Code needs.'],
    load: async () => (await import('./commands/rehearse.ts')).rehearse,
  },
];
