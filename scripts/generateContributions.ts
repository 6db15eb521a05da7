// Writes the contributions of package.json, package.nls.json and l10n/bundle.l10n.json from the typed source:
// node scripts/tool.mjs scripts/generateContributions.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildManifest } from '../src/vscode/contributions/manifest.ts';
import { collectTexts } from './contributions/collectTexts.ts';

const ROOT = path.join(import.meta.dirname, '..');

/** What the files should be: path from the root → text. What of package.json is not made here stays as it is. */
export function generatedContributions(): ReadonlyMap<string, string> {
  const { packageJson, texts } = buildManifest();
  const present = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
  const engines = { ...(present['engines'] as object), ...(packageJson['engines'] as object) };
  const { dependencies, devDependencies, ...head } = { ...present, ...packageJson, engines } as Record<string, unknown>;
  const next = {
    ...head,
    ...(dependencies === undefined ? {} : { dependencies }),
    ...(devDependencies === undefined ? {} : { devDependencies }),
  };
  const shown = Object.fromEntries(collectTexts(path.join(ROOT, 'src', 'vscode')).map(text => [text, text]));
  return new Map([
    ['package.json', toText(next)],
    ['package.nls.json', toText(texts)],
    ['l10n/bundle.l10n.json', toText(shown)],
  ]);
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

if (import.meta.main) {
  for (const [file, text] of generatedContributions()) {
    mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
    writeFileSync(path.join(ROOT, file), text);
  }
}
