import { dirname, join } from 'node:path';

/** Larger ones are the real program: hundreds of megabytes. */
const MAX_STUB_BYTES = 64 * 1024;

/**
 * npm without install scripts leaves a small text in place of the program, and the program itself in a package for this
 * machine beside it.
 */
export function isStub(realPath: string, bytes: number): boolean {
  return bytes < MAX_STUB_BYTES && /[\\/]@anthropic-ai[\\/]claude-code[\\/]bin[\\/]claude\.exe$/.test(realPath);
}

/** Where the program can lie, when only the stub is in its place. */
export function nativePackages(stub: string, platform: NodeJS.Platform, cpu: string): readonly string[] {
  const packageFolder = dirname(dirname(stub));
  const scope = dirname(packageFolder);
  const program = platform === 'win32' ? 'claude.exe' : 'claude';
  const names = [`claude-code-${platform}-${cpu}`, `claude-code-${platform}-${cpu}-musl`];
  return [scope, join(packageFolder, 'node_modules', '@anthropic-ai')].flatMap(folder =>
    names.map(name => join(folder, name, program)),
  );
}
