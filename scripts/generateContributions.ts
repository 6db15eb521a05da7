// Writes the contributions of package.json, and package.nls.json, from src/vscode/contributions:
// node scripts/generateContributions.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { buildManifest } from '../src/vscode/contributions/manifest.ts';

const packageFile = new URL('../package.json', import.meta.url);
const textsFile = new URL('../package.nls.json', import.meta.url);

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
