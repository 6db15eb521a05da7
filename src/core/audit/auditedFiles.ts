import type { DependencyTool } from './dependencyTools.ts';

export interface AuditedFile {
  readonly name: string;
  readonly text: string;
}

interface AuditedFiles {
  readonly files: readonly AuditedFile[];
  /** What of the lock file or the manifest is not looked at, and why. */
  readonly skipped: readonly string[];
}

/** What names dependencies. All else could choose a registry, a program, or other folders to read. */
const NODE_KEYS = [
  'name',
  'version',
  'private',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'overrides',
  'resolutions',
];
const COMPOSER_KEYS = ['name', 'require', 'require-dev', 'minimum-stability', 'prefer-stable'];

/**
 * What an audit tool is given in place of the repository's folder: the lock file, and of the manifest what names
 * dependencies. Pure.
 */
export function auditedFiles(tool: DependencyTool, lock: AuditedFile, manifest: string | undefined): AuditedFiles {
  switch (tool.id) {
    case 'npm':
    case 'pnpm':
    case 'yarn':
      return {
        files: [lock, { name: tool.manifest, text: onlyKeys(manifest, NODE_KEYS) }],
        skipped:
          tool.id === 'yarn' && 'workspaces' in jsonObject(manifest)
            ? [`${tool.manifest}: yarn is asked about the dependencies of the root, not about those of its workspaces.`]
            : [],
      };
    case 'composer':
      return { files: [lock, { name: tool.manifest, text: onlyKeys(manifest, COMPOSER_KEYS) }], skipped: [] };
    case 'cargo':
      return { files: [lock], skipped: [] };
    case 'pip':
      return onlyRequirements(lock);
  }
}

/** Python ends a line at these, too, and takes some of them for space. */
const ODD_CHARACTER = /[^\P{Cc}\t]|[\p{Zl}\p{Zp}]/u;

/**
 * Only the lines that begin with a name, continued ones as one: an option of pip's own could read other files or name
 * another index, and a comment could name another encoding, in which lines are other ones.
 */
function onlyRequirements({ name, text }: AuditedFile): AuditedFiles {
  const withoutComments = text.split(/\r?\n/).map(line => line.replace(/(?:^|\s)#.*$/s, ''));
  const lines = withoutComments
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter(line => line.trim() !== '');
  const kept = lines.filter(line => /^[ \t]*[a-z\d]/i.test(line) && !ODD_CHARACTER.test(line));
  return {
    files: [{ name, text: kept.map(line => `${line}\n`).join('') }],
    skipped:
      kept.length === lines.length
        ? []
        : [`${name}: its options and paths, such as files that it includes, are not followed.`],
  };
}

function onlyKeys(text: string | undefined, keys: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(Object.entries(jsonObject(text)).filter(([key]) => keys.includes(key))));
}

function jsonObject(text: string | undefined): object {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
