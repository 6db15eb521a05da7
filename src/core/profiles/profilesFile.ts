import { badValue, type FileFault, type FilePlace } from '../validation/fileFault.ts';
import {
  asRecord,
  pathOf,
  type ShapeIssue,
  type ShapeWords,
  shapeFaults,
  shownWord,
  unknownKeyAt,
  valueAt,
} from '../validation/shapeFaults.ts';
import { readYaml, type YamlPath, type YamlText } from '../validation/yamlText.ts';
import {
  BUILT_IN_NAMES,
  EXPECTED,
  INTERNAL_NAMES,
  PROFILE_NAME,
  type ProfileEntry,
  profileEntrySchema,
  profilesFileSchema,
} from './profileSchema.ts';
import {
  duplicateKey,
  forbiddenMode,
  internalName,
  type ProfilesError,
  profilesError,
  reservedName,
} from './profilesErrors.ts';

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
  /** The one of them because of which nobody knows whether the file names a default. */
  readonly hidesDefault?: ProfilesError;
}

/** Reads `profiles.yaml`. Never throws: a bad profile stands beside the good ones with what is wrong. */
export function parseProfilesFile(text: string, file = PROFILES_FILE): ProfilesFile {
  const yaml = readYaml(text, file);
  const ofFile = yaml.faults
    .filter(({ path }) => path[0] !== 'profiles' || path.length < 2)
    .map(({ fault }) => profilesError(fault));
  if (ofFile.length > 0 || yaml.value === undefined || yaml.value === null) {
    const [hidesDefault] = ofFile;
    return { profiles: [], errors: ofFile, ...(hidesDefault === undefined ? {} : { hidesDefault }) };
  }
  const where = 'the file';
  const whole = asRecord(yaml.value);
  if (whole === undefined) {
    const expected = 'a map with version and profiles';
    return unreadable(profilesError(badValue(yaml.placeOf([]), { where, expected })));
  }
  const errors = Object.keys(whole)
    .filter(key => !Object.hasOwn(profilesFileSchema.shape, key))
    .map(key => profilesError(unknownKeyAt(yaml, where, [key], Object.keys(profilesFileSchema.shape))));
  if (whole['version'] !== 1) {
    return unreadable(profilesError(expectedAt(yaml, ['version'], '"version"')), errors);
  }
  const profiles = asRecord(whole['profiles'] ?? {});
  if (profiles === undefined) {
    errors.push(profilesError(expectedAt(yaml, ['profiles'], '"profiles"')));
  }
  const wanted = whole['default'];
  const isName = typeof wanted === 'string' && PROFILE_NAME.test(wanted);
  const badDefault =
    wanted === undefined || isName ? undefined : profilesError(expectedAt(yaml, ['default'], '"default"'));
  return {
    ...(isName ? { defaultProfile: { name: wanted, place: yaml.placeOf(['default']) } } : {}),
    profiles: Object.entries(profiles ?? {}).map(([name, value]) => parseProfile(yaml, name, value ?? {})),
    ...(badDefault === undefined ? { errors } : { errors: [...errors, badDefault], hidesDefault: badDefault }),
  };
}

/** A file of which nothing can be used. */
export function unreadable(error: ProfilesError, others: readonly ProfilesError[] = []): ProfilesFile {
  return { profiles: [], errors: [...others, error], hidesDefault: error };
}

function parseProfile(yaml: YamlText, name: string, value: unknown): WrittenProfile {
  const base: YamlPath = ['profiles', name];
  const place = yaml.placeOf(base, 'key');
  const placeOf = (path: YamlPath): FilePlace => yaml.placeOf([...base, ...path]);
  const errors = yaml.faults
    .filter(({ path }) => path[0] === 'profiles' && path[1] === name)
    .map(({ fault }) => (fault.reason === 'duplicateKey' ? duplicateKey(fault.place, name) : profilesError(fault)));
  if (!PROFILE_NAME.test(name)) {
    const expected = 'made of at most 64 letters, digits, dots, spaces and hyphens (A to Z only)';
    errors.push(profilesError(badValue(place, { where: `the name of the profile "${shownWord(name)}"`, expected })));
  }
  if (BUILT_IN_NAMES.some(builtIn => builtIn === name.toLowerCase())) {
    errors.push(reservedName(place, name));
  }
  if (INTERNAL_NAMES.some(internal => internal.toLowerCase() === name.toLowerCase())) {
    errors.push(internalName(place, name));
  }
  const parsed = profileEntrySchema.safeParse(value);
  if (!parsed.success) {
    errors.push(...parsed.error.issues.flatMap(issue => errorsOf(yaml, name, value, issue)));
  }
  const [first, ...others] = errors;
  if (first !== undefined || !parsed.success) {
    const known: readonly [ProfilesError, ...ProfilesError[]] = [
      first ?? profilesError(expectedAt(yaml, base, `the profile "${name}"`)),
      ...others,
    ];
    return { name, place, placeOf, content: { state: 'bad', errors: known } };
  }
  return { name, place, placeOf, content: { state: 'good', entry: parsed.data } };
}

function errorsOf(yaml: YamlText, profile: string, value: unknown, issue: ShapeIssue): ProfilesError[] {
  const base: YamlPath = ['profiles', profile];
  const steps = pathOf(issue);
  if (steps.length === 1 && steps[0] === 'permissionMode' && valueAt(value, steps) === 'bypassPermissions') {
    return [forbiddenMode(yaml.placeOf([...base, ...steps]), profile)];
  }
  const words: ShapeWords = {
    where: path => describeValue(profile, path),
    knownKeys,
    expected: path => expectedText([...base, ...path]),
    meant: mostFitting,
  };
  return shapeFaults({ yaml, base, value }, [issue], words).map(profilesError);
}

/** Of the forms a value can have, the one that its author meant; nothing when that is not clear. */
function mostFitting(written: unknown, forms: readonly ShapeIssue[][]): readonly ShapeIssue[] | undefined {
  const deep = forms.filter(issues => issues.every(issue => issue.path.length > 0 || issue.code !== 'invalid_type'));
  const record = asRecord(written);
  const telling = ['command', 'url'].find(key => record !== undefined && Object.hasOwn(record, key));
  if (telling !== undefined) {
    return deep.find(issues => !issues.some(one => one.code === 'unrecognized_keys' && one.keys.includes(telling)));
  }
  return deep.length === 1 ? deep[0] : undefined;
}

function knownKeys(path: YamlPath): readonly string[] {
  if (path.length === 0) {
    return Object.keys(profileEntrySchema.shape);
  }
  return path[0] === 'limits'
    ? ['minutes', 'usd', 'turns']
    : ['type', 'command', 'args', 'env', 'url', 'headers', 'headersHelper', 'timeout'];
}

function expectedAt(yaml: YamlText, path: YamlPath, where: string): FileFault {
  return badValue(yaml.placeOf(path), { where, expected: expectedText(path) });
}

function expectedText(path: YamlPath): string {
  const key = path.findLast(step => typeof step === 'string' && Object.hasOwn(EXPECTED, step));
  const inProfile = path.length > 2 || path[0] !== 'profiles';
  return (inProfile && key !== undefined && EXPECTED[key]) || 'a map of keys and values';
}

function describeValue(profile: string, path: YamlPath): string {
  const owner = `the profile "${shownWord(profile)}"`;
  const way = path.map(step => (typeof step === 'number' ? `${step + 1}` : shownWord(step))).join(' › ');
  return way === '' ? owner : `"${way}" of ${owner}`;
}
