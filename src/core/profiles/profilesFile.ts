import type { z } from 'zod';
import { visibleText } from '../../base/visibleText.ts';
import { nearestWord } from './nearestWord.ts';
import {
  BUILT_IN_NAMES,
  EXPECTED,
  PROFILE_NAME,
  type ProfileEntry,
  profileEntrySchema,
  profilesFileSchema,
} from './profileSchema.ts';
import {
  badValue,
  duplicateKey,
  type FilePlace,
  forbiddenMode,
  type ProfilesError,
  reservedName,
  unknownKey,
} from './profilesErrors.ts';
import { readYaml, type YamlPath, type YamlText } from './yamlText.ts';

export const PROFILES_FILE = '.claude-panel/profiles.yaml';
export const MOST_PROFILES_BYTES = 256 * 1024;

/** A profile as its author wrote it, or what is wrong with it. */
export interface WrittenProfile {
  readonly name: string;
  readonly place: FilePlace;
  /** Where the value of one of its keys stands. */
  placeOf(path: YamlPath): FilePlace;
  readonly content:
    | { readonly state: 'good'; readonly entry: ProfileEntry }
    | { readonly state: 'bad'; readonly errors: readonly [ProfilesError, ...ProfilesError[]] };
}

export interface ProfilesFile {
  readonly defaultProfile?: { readonly name: string; readonly place: FilePlace };
  readonly profiles: readonly WrittenProfile[];
  /** What concerns the file as a whole; the problems of a profile stand with it. */
  readonly errors: readonly ProfilesError[];
}

/** Reads `profiles.yaml`. Never throws: a bad profile stands beside the good ones with what is wrong. */
export function parseProfilesFile(text: string, file = PROFILES_FILE): ProfilesFile {
  const yaml = readYaml(text, file);
  const ofFile = yaml.errors.filter(({ path }) => path[0] !== 'profiles' || path.length < 2).map(({ error }) => error);
  if (ofFile.length > 0 || yaml.value === undefined || yaml.value === null) {
    return { profiles: [], errors: ofFile };
  }
  const where = 'the file';
  const whole = asRecord(yaml.value);
  if (whole === undefined) {
    const expected = 'a map with version and profiles';
    return { profiles: [], errors: [badValue(yaml.placeOf([]), { where, expected })] };
  }
  const errors = Object.keys(whole)
    .filter(key => !Object.hasOwn(profilesFileSchema.shape, key))
    .map(key => unknownKeyAt(yaml, where, [key], Object.keys(profilesFileSchema.shape)));
  if (whole['version'] !== 1) {
    return { profiles: [], errors: [...errors, expectedAt(yaml, ['version'], '"version"')] };
  }
  const profiles = asRecord(whole['profiles'] ?? {});
  if (profiles === undefined) {
    errors.push(expectedAt(yaml, ['profiles'], '"profiles"'));
  }
  const wanted = whole['default'];
  const isName = typeof wanted === 'string' && PROFILE_NAME.test(wanted);
  if (wanted !== undefined && !isName) {
    errors.push(expectedAt(yaml, ['default'], '"default"'));
  }
  return {
    ...(isName ? { defaultProfile: { name: wanted, place: yaml.placeOf(['default']) } } : {}),
    profiles: Object.entries(profiles ?? {}).map(([name, value]) => parseProfile(yaml, name, value ?? {})),
    errors,
  };
}

function parseProfile(yaml: YamlText, name: string, value: unknown): WrittenProfile {
  const base: YamlPath = ['profiles', name];
  const place = yaml.placeOf(base, 'key');
  const placeOf = (path: YamlPath): FilePlace => yaml.placeOf([...base, ...path]);
  const errors = yaml.errors
    .filter(({ path }) => path[0] === 'profiles' && path[1] === name)
    .map(({ error }) => (error.reason === 'duplicateKey' && error.place ? duplicateKey(error.place, name) : error));
  if (!PROFILE_NAME.test(name)) {
    const expected = 'made of at most 64 letters, digits, dots, spaces and hyphens (A to Z only)';
    errors.push(badValue(place, { where: `the name of the profile "${shown(name)}"`, expected }));
  }
  if (BUILT_IN_NAMES.some(builtIn => builtIn === name.toLowerCase())) {
    errors.push(reservedName(place, name));
  }
  const parsed = profileEntrySchema.safeParse(value);
  if (!parsed.success) {
    errors.push(...parsed.error.issues.flatMap(issue => errorsOf(yaml, name, value, issue, base)));
  }
  const [first, ...others] = errors;
  if (first !== undefined || !parsed.success) {
    const known: readonly [ProfilesError, ...ProfilesError[]] = [
      first ?? expectedAt(yaml, base, `the profile "${name}"`),
      ...others,
    ];
    return { name, place, placeOf, content: { state: 'bad', errors: known } };
  }
  return { name, place, placeOf, content: { state: 'good', entry: parsed.data } };
}

type Issue = z.core.$ZodIssue;

function errorsOf(yaml: YamlText, profile: string, value: unknown, issue: Issue, base: YamlPath): ProfilesError[] {
  const steps = issue.path.map(step => (typeof step === 'number' ? step : String(step)));
  const path = [...base, ...steps];
  const where = describeValue(profile, steps);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(steps);
    return issue.keys.map(key => unknownKeyAt(yaml, where, [...path, key], known));
  }
  const written = valueAt(value, steps);
  if (issue.code === 'invalid_union') {
    const inner = mostFitting(written, issue.errors);
    if (inner !== undefined) {
      return inner.flatMap(one => errorsOf(yaml, profile, value, { ...one, path: [...issue.path, ...one.path] }, base));
    }
  }
  if (steps.length === 1 && steps[0] === 'permissionMode' && written === 'bypassPermissions') {
    return [forbiddenMode(yaml.placeOf(path), profile)];
  }
  const choices = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  return [expectedAt(yaml, path, where, typeof written === 'string' ? nearestWord(written, choices) : undefined)];
}

/** Of the forms a value can have, the one that its author meant; nothing when that is not clear. */
function mostFitting(written: unknown, forms: readonly Issue[][]): Issue[] | undefined {
  const deep = forms.filter(issues => issues.every(issue => issue.path.length > 0 || issue.code !== 'invalid_type'));
  const record = asRecord(written);
  const telling = ['command', 'url'].find(key => record !== undefined && Object.hasOwn(record, key));
  if (telling !== undefined) {
    return deep.find(issues => !issues.some(one => one.code === 'unrecognized_keys' && one.keys.includes(telling)));
  }
  return deep.length === 1 ? deep[0] : undefined;
}

function knownKeys(steps: readonly (string | number)[]): string[] {
  if (steps.length === 0) {
    return Object.keys(profileEntrySchema.shape);
  }
  return steps[0] === 'limits'
    ? ['minutes', 'usd', 'turns']
    : ['type', 'command', 'args', 'env', 'url', 'headers', 'headersHelper', 'timeout'];
}

function unknownKeyAt(yaml: YamlText, where: string, path: YamlPath, known: readonly string[]): ProfilesError {
  const key = String(path.at(-1));
  return unknownKey(yaml.placeOf(path, 'key'), { where, key: shown(key), nearest: nearestWord(key, known), known });
}

function expectedAt(yaml: YamlText, path: YamlPath, where: string, nearest?: string): ProfilesError {
  const key = path.findLast(step => typeof step === 'string' && Object.hasOwn(EXPECTED, step));
  const inProfile = path.length > 2 || path[0] !== 'profiles';
  const expected = (inProfile && key !== undefined && EXPECTED[key]) || 'a map of keys and values';
  return badValue(yaml.placeOf(path), { where, expected, nearest });
}

function describeValue(profile: string, steps: readonly (string | number)[]): string {
  const owner = `the profile "${shown(profile)}"`;
  const way = steps.map(step => (typeof step === 'number' ? `${step + 1}` : shown(step))).join(' › ');
  return way === '' ? owner : `"${way}" of ${owner}`;
}

function valueAt(value: unknown, steps: readonly (string | number)[]): unknown {
  let inside = value;
  for (const step of steps) {
    inside = Array.isArray(inside) ? inside[Number(step)] : asRecord(inside)?.[step];
  }
  return inside;
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function shown(text: string): string {
  const visible = visibleText(text);
  return visible.length > 80 ? `${visible.slice(0, 80)}…` : visible;
}
