// Writes the contributions of package.json, package.nls.json and l10n/bundle.l10n.json from the typed source:
// node scripts/tool.mjs scripts/generateContributions.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildManifest } from '../src/vscode/contributions/manifest.ts';
import { collectTexts } from './contributions/collectTexts.ts';

const packageFile = new URL('../package.json', import.meta.url);
const textsFile = new URL('../package.nls.json', import.meta.url);

const bundleFile = new URL('../l10n/bundle.l10n.json', import.meta.url);
const surface = fileURLToPath(new URL('../src/vscode', import.meta.url));

const { packageJson, texts } = buildManifest();
const present = JSON.parse(readFileSync(packageFile, 'utf8')) as Record<string, unknown>;
const engines = { ...(present['engines'] as object), ...(packageJson['engines'] as object) };
const { dependencies, devDependencies, ...head } = { ...present, ...packageJson, engines } as Record<string, unknown>;
const next = {
  ...head,
  ...(dependencies === undefined ? {} : { dependencies }),
  ...(devDependencies === undefined ? {} : { devDependencies }),
};
writeFileSync(packageFile, `${JSON.stringify(next, null, 2)}\n`);
writeFileSync(textsFile, `${JSON.stringify(texts, null, 2)}\n`);
const shown = Object.fromEntries(collectTexts(surface).map(text => [text, text]));
mkdirSync(new URL('.', bundleFile), { recursive: true });
writeFileSync(bundleFile, `${JSON.stringify(shown, null, 2)}\n`);
