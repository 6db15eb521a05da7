import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Every English text that is given to `vscode.l10n.t` below a folder, sorted: what a translation has to cover. */
export function collectTexts(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter(file => file.endsWith('.ts'));
  const texts = new Set(files.flatMap(file => textsOf(readFileSync(path.join(folder, file), 'utf8'), file)));
  return [...texts].sort();
}

function textsOf(source: string, file: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText().endsWith('l10n.t')) {
      const [text] = node.arguments;
      if (text === undefined || !ts.isStringLiteralLike(text)) {
        throw new Error(`${file}: a text must be written out where it is translated.`);
      }
      found.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}
