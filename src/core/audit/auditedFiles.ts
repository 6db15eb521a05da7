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
      return withoutOptions(lock);
  }
}

/** An option of pip's own could read other files or name another index. */
function withoutOptions({ name, text }: AuditedFile): AuditedFiles {
  const lines = text.split(/\r?\n/);
  // `--hash` continues the requirement above it.
  const isOption = (line: string): boolean => /^\s*-(?!-hash\b)/.test(line);
  return {
    files: [{ name, text: lines.filter(line => !isOption(line)).join('\n') }],
    skipped: lines.some(isOption) ? [`${name}: its options, such as files that it includes, are not followed.`] : [],
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
