import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCUMENT = join(import.meta.dirname, '../../../../docs/commands.md');

/** The complete commands in docs/commands.md: the name of the file stands behind `yaml`. */
export function commandExamples(): readonly { readonly file: string; readonly text: string }[] {
  const text = readFileSync(DOCUMENT, 'utf8');
  return [...text.matchAll(/^```yaml (\S+)\n([\s\S]*?)^```/gm)].map(([, file = '', code = '']) => ({
    file,
    text: code,
  }));
}
