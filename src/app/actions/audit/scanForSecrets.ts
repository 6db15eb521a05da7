import type { JsonValue } from '../../../base/json.ts';
import { findingsOutput } from '../../../core/audit/finding.ts';
import { HISTORY_FORMAT, HistoryReader } from '../../../core/audit/historyReader.ts';
import { LONGEST_LINE } from '../../../core/audit/secretLines.ts';
import { isGeneratedFile, SecretScan } from '../../../core/audit/secretScan.ts';
import { LineSplitter } from '../../../core/process/lineSplitter.ts';
import { readWorkspaceText } from '../../../core/validation/workspaceText.ts';
import type { ActionContext } from '../panelAction.ts';
import type { GitReading } from '../repository/gitReading.ts';
import { repositoryFiles } from '../repository/repositoryFiles.ts';

const MOST_FILE_BYTES = 2 * 1024 * 1024;
const MOST_NAMED = 20;

/** @param options.seconds for the history; what was not reached by then is said */
export async function scanForSecrets(
  { history, seconds }: { readonly history: boolean; readonly seconds: number },
  context: ActionContext,
): Promise<JsonValue> {
  const scan = new SecretScan();
  const { files, skipped, git } = await repositoryFiles(context);
  context.report(`Looking for secrets in ${files.length} files`);
  const tree = await scanFiles(scan, files, context);
  const past = history
    ? await scanHistory(scan, git, context, seconds)
    : { checked: [], skipped: ['the history, as it was asked for'] };
  return findingsOutput({
    findings: [...scan.findings],
    checked: [...tree.checked, ...past.checked],
    skipped: [...skipped, ...tree.skipped, ...past.skipped, ...scan.remarks],
  });
}

interface Looked {
  readonly checked: readonly string[];
  readonly skipped: readonly string[];
}

async function scanFiles(
  scan: SecretScan,
  files: readonly string[],
  { folder, signal }: ActionContext,
): Promise<Looked> {
  const skipped = { tooLarge: [] as string[], notText: [] as string[], generated: [] as string[] };
  let read = 0;
  for (const file of files) {
    signal.throwIfAborted();
    if (isGeneratedFile(file)) {
      skipped.generated.push(file);
      continue;
    }
    const text = await readWorkspaceText(folder, file, { mostBytes: MOST_FILE_BYTES, links: 'insideOnly' });
    if (text.state === 'text') {
      scan.addFile(file, text.text);
      read += 1;
    } else if (text.state === 'refused') {
      (text.fault.reason === 'tooLarge' ? skipped.tooLarge : skipped.notText).push(file);
    }
  }
  return {
    checked: [`${read} files as they are now, by our own patterns.`],
    skipped: [
      ...named(skipped.tooLarge, `larger than ${MOST_FILE_BYTES / 1024 / 1024} MB`),
      ...named(skipped.notText, 'binary, unreadable or outside of the folder'),
      ...named(skipped.generated, 'written by tools, such as lock files'),
    ],
  };
}

async function scanHistory(
  scan: SecretScan,
  git: GitReading | undefined,
  context: ActionContext,
  seconds: number,
): Promise<Looked> {
  if (git === undefined) {
    return { checked: [], skipped: ['the history: this folder is in no git repository, or git is not installed.'] };
  }
  context.report('Looking for secrets in the history of git');
  const reader = new HistoryReader(({ file, text, commit }) => {
    if (file === undefined || !isGeneratedFile(file)) {
      scan.addHistoryLine(file, text, commit);
    }
  });
  let long = 0;
  const lines = new LineSplitter(
    {
      line: text => reader.add(text),
      oversized: (_length, head) => {
        long += 1;
        // It still counts as a line of its hunk.
        reader.add(head.slice(0, 1));
      },
    },
    { maxLineBytes: LONGEST_LINE * 4 },
  );
  const run = await git.run(
    [
      'log',
      '--all',
      // Merges show what they alone brought. A stash is one.
      ...['--patch', '--cc', '--unified=0'],
      '--relative',
      ...['--no-color', '--no-ext-diff', '--no-textconv', '--no-renames', '--no-notes', '--no-show-signature'],
      '--src-prefix=a/',
      '--dst-prefix=b/',
      `--format=${HISTORY_FORMAT}`,
    ],
    { timeoutMs: seconds * 1000, onOutput: chunk => lines.push(chunk) },
  );
  const unfinished =
    run.state === 'timedOut'
      ? [`older commits: the time of ${seconds} seconds was over.`]
      : run.state === 'ended' && run.code === 0
        ? []
        : [`part of the history: git said ${run.state === 'ended' ? run.stderr.trim().slice(0, 300) : run.why}`];
  return {
    checked: [`${reader.commits} commits of all branches, what each of them added, and their messages.`],
    skipped: [
      ...unfinished,
      ...named(reader.binaries, 'binary in the history'),
      ...(long === 0 ? [] : [`${long} very long lines of the history.`]),
    ],
  };
}

function named(files: readonly string[], why: string): string[] {
  const more = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : '';
  return files.length === 0 ? [] : [`${files.slice(0, MOST_NAMED).join(', ')}${more}: ${why}.`];
}
