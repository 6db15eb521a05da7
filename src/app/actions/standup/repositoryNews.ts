import type { ActionContext } from '../panelAction.ts';
import { GitReading } from '../repository/gitReading.ts';
import { oneLine } from './standupText.ts';

interface RepositoryNews {
  readonly commits: readonly string[];
  readonly unfinished: readonly string[];
  readonly notes: readonly string[];
}

const MOST_COMMITS = 200;
/** Of one commit: hash, author, subject, refs. */
const FIELDS = 4;

/** What git knows: commits on all branches, and work that is not committed or not pushed. */
export async function repositoryNews(
  context: ActionContext,
  { since, author }: { readonly since: Date; readonly author: 'mine' | 'everyone' },
): Promise<RepositoryNews> {
  const git = await GitReading.open(context);
  if (git === undefined) {
    return {
      commits: [],
      unfinished: [],
      notes: ['git: this folder is in no git repository, or git is not installed.'],
    };
  }
  const email = author === 'mine' ? (await git.text(['config', 'user.email']))?.trim() : undefined;
  const notes = author === 'mine' && !email ? ['git: no user.email is set, so the commits of everyone are here.'] : [];
  const log = await git.text([
    'log',
    '--all',
    '--no-merges',
    `--since=${since.toISOString()}`,
    `--max-count=${MOST_COMMITS}`,
    ...(email ? ['--fixed-strings', `--author=<${email}>`] : []),
    '-z',
    // Of all characters NUL alone is in no message and no name.
    '--format=%h%x00%an%x00%s%x00%D',
  ]);
  const fields = (log ?? '').split('\0');
  const commits = Array.from({ length: Math.floor(fields.length / FIELDS) }, (_, at) => {
    const [hash = '', name = '', subject = '', refs = ''] = fields.slice(at * FIELDS, (at + 1) * FIELDS);
    const where = refs === '' ? '' : ` [${refs}]`;
    return oneLine(`${subject} (${hash}${email ? '' : `, ${name}`})${where}`);
  });
  return { commits, unfinished: await unfinishedWork(git), notes };
}

async function unfinishedWork(git: GitReading): Promise<string[]> {
  const [branch, status, unpushed] = await Promise.all([
    git.text(['branch', '--show-current']),
    git.text(['status', '--porcelain=v1', '-z', '--untracked-files=normal']),
    git.text(['rev-list', '--count', '@{upstream}..HEAD']),
  ]);
  const name = branch?.trim() || 'no branch (detached HEAD)';
  // A renamed file has its old name behind it.
  const changed = (status ?? '').split('\0').filter(entry => /^[ MADRCUT?!]{2} /.test(entry));
  const names = changed.slice(0, 10).map(entry => entry.slice(3));
  const ahead = Number(unpushed?.trim() ?? '0');
  return [
    ...(changed.length === 0
      ? []
      : [
          oneLine(
            `${changed.length} files with uncommitted changes on ${name}: ${names.join(', ')}${changed.length > 10 ? ' …' : ''}`,
          ),
        ]),
    ...(ahead > 0 ? [`${ahead} commits on ${name} that are not pushed`] : []),
  ];
}
