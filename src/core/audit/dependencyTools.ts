/** A tool that knows the vulnerable versions for one kind of lock file. */
export interface DependencyTool {
  readonly id: 'npm' | 'pnpm' | 'yarn' | 'pip' | 'cargo' | 'composer';
  /** The program, found on the PATH. */
  readonly program: string;
  readonly args: readonly string[];
  /** Variables that keep files of the repository from running code of their own. */
  readonly environment: Readonly<Record<string, string>>;
  readonly install: string;
  /** The file that names the direct dependencies, beside the lock file. */
  readonly manifest: string;
}

const LOCK_FILES: Readonly<Record<string, DependencyTool['id'] | 'unknown'>> = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'requirements.txt': 'pip',
  'Cargo.lock': 'cargo',
  'composer.lock': 'composer',
  'go.sum': 'unknown',
  'Gemfile.lock': 'unknown',
  'poetry.lock': 'unknown',
  'uv.lock': 'unknown',
  'Pipfile.lock': 'unknown',
  'bun.lock': 'unknown',
};

/** What to run by hand where no tool of ours reads the file. */
const BY_HAND: Readonly<Record<string, string>> = {
  'go.sum': 'govulncheck ./...',
  'Gemfile.lock': 'bundle audit',
  'poetry.lock': 'pip-audit in its environment',
  'uv.lock': 'pip-audit in its environment',
  'Pipfile.lock': 'pip-audit in its environment',
  'bun.lock': 'bun audit',
};

export type LockFile =
  | { readonly kind: 'known'; readonly file: string; readonly folder: string; readonly tool: DependencyTool['id'] }
  | { readonly kind: 'byHand'; readonly file: string; readonly command: string };

/** The lock files among these paths (relative, with `/`). Those inside of installed packages do not count. Pure. */
export function lockFilesIn(files: readonly string[]): LockFile[] {
  return files.flatMap((file): LockFile[] => {
    const parts = file.split('/');
    const name = parts.at(-1) ?? '';
    const tool = Object.hasOwn(LOCK_FILES, name) ? LOCK_FILES[name] : undefined;
    if (tool === undefined || parts.some(part => /^(?:node_modules|vendor|\.venv|venv|target)$/.test(part))) {
      return [];
    }
    return tool === 'unknown'
      ? [{ kind: 'byHand', file, command: BY_HAND[name] ?? 'the audit of its package manager' }]
      : [{ kind: 'known', file, folder: parts.slice(0, -1).join('/'), tool }];
  });
}

const NODE_TOOLS = 'Install Node.js, which brings it, or the package manager that the repository uses.';

export function dependencyTool(id: DependencyTool['id'], lockText: string): DependencyTool {
  switch (id) {
    case 'npm':
      return tool(id, 'npm', ['audit', '--json', '--ignore-scripts'], 'package.json', NODE_TOOLS);
    case 'pnpm':
      // A package manager of the repository's own choice would be downloaded and run.
      return tool(
        id,
        'pnpm',
        ['audit', '--json', '--config.ignore-pnpmfile=true', '--config.ignore-scripts=true'],
        'package.json',
        NODE_TOOLS,
        {
          COREPACK_ENABLE_STRICT: '0',
          npm_config_manage_package_manager_versions: 'false',
        },
      );
    case 'yarn': {
      const isClassic = /^# yarn lockfile v1$/m.test(lockText);
      const args = isClassic ? ['audit', '--json'] : ['npm', 'audit', '--all', '--recursive', '--json'];
      // Without it yarn runs the program that .yarnrc.yml names.
      return tool(id, 'yarn', args, 'package.json', NODE_TOOLS, { YARN_IGNORE_PATH: '1', COREPACK_ENABLE_STRICT: '0' });
    }
    case 'pip':
      // Without pip nothing is built, so that no setup.py runs.
      return tool(
        id,
        'pip-audit',
        ['--requirement', 'requirements.txt', '--no-deps', '--disable-pip', '--format', 'json'],
        'requirements.txt',
        'Install it with: pipx install pip-audit',
      );
    case 'cargo':
      // Not by way of cargo: an alias in .cargo/config.toml could put another program into its place.
      return tool(
        id,
        'cargo-audit',
        ['audit', '--json'],
        'Cargo.toml',
        'Install it with: cargo install cargo-audit --locked',
      );
    case 'composer':
      return tool(
        id,
        'composer',
        ['audit', '--locked', '--no-plugins', '--no-scripts', '--no-interaction', '--format=json'],
        'composer.json',
        'Install Composer.',
      );
  }
}

function tool(
  id: DependencyTool['id'],
  program: string,
  args: readonly string[],
  manifest: string,
  install: string,
  environment: Readonly<Record<string, string>> = {},
): DependencyTool {
  return { id, program, args, manifest, install, environment };
}
