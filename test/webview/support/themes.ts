import { readFileSync } from 'node:fs';

export const THEMES = ['dark-modern', 'light-modern', 'high-contrast-dark', 'high-contrast-light'] as const;
export type ThemeName = (typeof THEMES)[number];

/** Taken from a webview of the real VS Code 1.139. */
export interface Theme {
  readonly bodyClass: string;
  readonly kind: string;
  readonly id: string;
  readonly variables: Readonly<Record<string, string>>;
}

export function theme(name: ThemeName): Theme {
  return JSON.parse(readFileSync(new URL(`../themes/${name}.json`, import.meta.url), 'utf8')) as Theme;
}

export function defaultStyles(): string {
  return readFileSync(new URL('../themes/defaultStyles.txt', import.meta.url), 'utf8');
}
