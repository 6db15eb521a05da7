import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ProfilesError } from '../../../../src/core/profiles/profilesErrors.ts';
import { type ProfilesFile, parseProfilesFile } from '../../../../src/core/profiles/profilesFile.ts';
import { describePlace } from '../../../../src/core/validation/fileFault.ts';
import { anyText } from '../../anyText.ts';

function problemsOf(file: ProfilesFile): ProfilesError[] {
  return [...file.errors, ...file.profiles.flatMap(({ content }) => (content.state === 'bad' ? content.errors : []))];
}

function onlyProblem(text: string): ProfilesError {
  const problems = problemsOf(parseProfilesFile(text));
  expect(problems.map(problem => problem.message)).toHaveLength(1);
  return problems[0] as ProfilesError;
}

function placeOf(problem: ProfilesError): string {
  return problem.place === undefined ? '' : describePlace(problem.place);
}

describe('parseProfilesFile', () => {
  it('reads every key of a profile', () => {
    const entry = {
      description: 'All of it.',
      extends: 'speed',
      model: 'claude-sonnet-5-5[1m]',
      fallbackModel: 'sonnet,haiku',
      effort: 'max',
      permissionMode: 'dontAsk',
      mcp: ['github'],
      allowedTools: ['Bash(npm test *)', 'mcp__github__*'],
      disallowedTools: ['Read(.env)'],
      appendSystemPrompt: 'Be brief.',
      limits: { minutes: 5, usd: 0.5, turns: 10 },
    };
    const file = parseProfilesFile(stringify({ version: 1, default: 'all', profiles: { all: entry } }));
    expect(file.errors).toEqual([]);
    expect(file.defaultProfile?.name).toBe('all');
    expect(file.profiles[0]?.content).toEqual({ state: 'good', entry });
  });

  it('takes an empty file, and a profile with nothing in it', () => {
    expect(parseProfilesFile('')).toEqual({ profiles: [], errors: [] });
    expect(parseProfilesFile('# nothing yet\n')).toEqual({ profiles: [], errors: [] });
    expect(parseProfilesFile('version: 1\nprofiles:\n  plain:\n').profiles[0]?.content).toEqual({
      state: 'good',
      entry: {},
    });
  });

  it('says where an unknown key stands and what was probably meant', () => {
    const problem = onlyProblem('version: 1\nprofiles:\n  review:\n    effort: high\n    modle: opus\n');
    expect(problem).toMatchObject({ family: 'profiles', reason: 'unknownKey' });
    expect(placeOf(problem)).toBe('.claude-panel/profiles.yaml:5:5');
    expect(problem.message).toContain('.claude-panel/profiles.yaml:5:5');
    expect(problem.remedy).toContain('"model"');
  });

  // The mark ▲ stands where the problem is expected.
  it.each([
    ['limits:\n      ▲minuts: 5', 'unknownKey', '"minutes"'],
    ['effort: ▲hihg', 'badValue', '"high"'],
    ['extends: ▲save', 'badValue', '"safe"'],
    ['permissionMode: ▲acceptEdit', 'badValue', '"acceptEdits"'],
    ['permissionMode: ▲bypassPermissions', 'forbiddenMode', ''],
    ['limits: { minutes: ▲-1 }', 'badValue', ''],
    ['limits: { turns: ▲1.5 }', 'badValue', ''],
    ['limits: { usd: ▲.inf }', 'badValue', ''],
    ['limits: { usd: ▲.nan }', 'badValue', ''],
    ['model: ▲--dangerously-skip-permissions', 'badValue', ''],
    ['model: ▲[opus]', 'badValue', ''],
    ['fallbackModel: ▲"--x"', 'badValue', ''],
    ['allowedTools: ▲Bash', 'badValue', ''],
    ['allowedTools: [Read, ▲"Edit Bash"]', 'badValue', ''],
    ['disallowedTools: [▲"Bash(a), Bash(*)"]', 'badValue', ''],
    ['mcp: ▲5', 'badValue', ''],
    ['mcp: { x: ▲{ comand: node } }', 'badValue', ''],
    ['mcp: { x: { command: node, ▲arg: [1] } }', 'unknownKey', '"args"'],
    ['mcp: { x: { type: http, url: "https://x", ▲header: {} } }', 'unknownKey', '"headers"'],
    ['mcp: { x: { command: ▲[node] } }', 'badValue', ''],
    ['appendSystemPrompt: ▲""', 'badValue', ''],
    ['▲__proto__: 1', 'unknownKey', ''],
  ])('refuses "%s" with its place', (marked, reason, meant) => {
    const text = `version: 1\nprofiles:\n  good: {}\n  x:\n    ${marked}\n`;
    const before = text.slice(0, text.indexOf('▲')).split('\n');
    const problem = onlyProblem(text.replace('▲', ''));
    expect(problem.reason).toBe(reason);
    expect(placeOf(problem)).toBe(`.claude-panel/profiles.yaml:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`);
    expect(problem.remedy).toContain(meant);
  });

  it('keeps the good profiles of a file that also has bad ones', () => {
    const file = parseProfilesFile(
      'version: 1\nprofiles:\n  one: { model: opus }\n  two: { modle: opus }\n  three: [1]\n  four: { model: haiku }\n',
    );
    expect(file.profiles.map(({ name, content }) => [name, content.state])).toEqual([
      ['one', 'good'],
      ['two', 'bad'],
      ['three', 'bad'],
      ['four', 'good'],
    ]);
  });

  it('blames the profile in which a key stands twice, and no other', () => {
    const file = parseProfilesFile('version: 1\nprofiles:\n  a: { model: x, model: y }\n  b: { model: z }\n');
    expect(file.profiles.map(({ content }) => content.state)).toEqual(['bad', 'good']);
    expect(problemsOf(file)).toMatchObject([{ reason: 'duplicateKey', place: { line: 3, column: 18 } }]);
  });

  it('refuses a profile that stands twice', () => {
    const file = parseProfilesFile('version: 1\nprofiles:\n  a: { model: x }\n  a: { model: y }\n  b: {}\n');
    expect(file.profiles.map(({ name, content }) => [name, content.state])).toEqual([
      ['a', 'bad'],
      ['b', 'good'],
    ]);
  });

  it('takes nothing from a file in which the profiles stand twice', () => {
    const file = parseProfilesFile('version: 1\nprofiles:\n  a: {}\nprofiles:\n  b: {}\n');
    expect(file).toMatchObject({ profiles: [], errors: [{ reason: 'duplicateKey' }] });
  });

  it.each(['speed', 'Safe', 'COMPREHENSIVE'])('leaves the name %s to the built-in profile', name => {
    const problem = onlyProblem(`version: 1\nprofiles:\n  ${name}: {}\n`);
    expect(problem).toMatchObject({ reason: 'reservedName', place: { line: 3, column: 3 } });
  });

  it.each(['"\\u0455afe"', '"a\\u202eb"', '-x', '" "', `${'n'.repeat(65)}`])('refuses the name %s', name => {
    const problem = onlyProblem(`version: 1\nprofiles:\n  ? ${name}\n  : {}\n`);
    expect(problem.reason).toBe('badValue');
    expect(problem.message).not.toMatch(/\u202e/);
  });

  it.each([
    ['profiles: {}', 'badValue'],
    ['version: 2\nprofiles: {}', 'badValue'],
    ['version: 1\nprofiles: [a]', 'badValue'],
    ['version: 1\nprofile: {}', 'unknownKey'],
    ['version: 1\ndefault: 5', 'badValue'],
    ['- a', 'badValue'],
    ['text', 'badValue'],
    ['a: [1', 'badYaml'],
    ['version: 1\n---\nversion: 1', 'badYaml'],
    ['\tversion: 1', 'badYaml'],
  ])('reports %j for the file as a whole', (text, reason) => {
    expect(parseProfilesFile(text).errors.map(error => error.reason)).toContain(reason);
  });

  it('refuses a file that unfolds to billions of values', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 10; level++) {
      const [last, next] = [String.fromCharCode(96 + level), String.fromCharCode(97 + level)];
      bomb.push(`${next}: &${next} [*${last}, *${last}, *${last}]`);
    }
    expect(parseProfilesFile(bomb.join('\n')).errors).toMatchObject([{ reason: 'tooManyAliases' }]);
  });

  it('refuses very many aliases', () => {
    const text = `version: 1\nprofiles:\n  a: &a { model: x }\n${Array.from({ length: 40 }, (_, index) => `  p${index}: *a\n`).join('')}`;
    expect(parseProfilesFile(text).errors).toMatchObject([{ reason: 'tooManyAliases' }]);
  });

  it('reads the same profile through an alias', () => {
    const file = parseProfilesFile('version: 1\nprofiles:\n  a: &a { model: opus }\n  b: *a\n');
    expect(file.profiles.map(({ content }) => content)).toEqual(
      Array(2).fill({ state: 'good', entry: { model: 'opus' } }),
    );
  });

  it.each(['[', '{a: ', '- ', '? '])('survives very deep nesting of %j', opening => {
    const file = parseProfilesFile(opening.repeat(60_000));
    expect(file.profiles).toEqual([]);
    expect(file.errors.length).toBeGreaterThan(0);
  });

  it('refuses a value that contains itself', () => {
    const file = parseProfilesFile('version: 1\nprofiles: &p\n  a: *p\n');
    expect(problemsOf(file).length).toBeGreaterThan(0);
  });

  describe('for any input', () => {
    const pieces = fc.constantFrom(
      'version: 1\n',
      'profiles:\n',
      '  a:\n',
      '  b: ',
      '    model: x\n',
      '    limits: {minutes: 1}\n',
      '    mcp:\n',
      '      s: {command: c}\n',
      '&a ',
      '*a',
      '[',
      ']',
      '{',
      '}',
      '? ',
      ': ',
      '- ',
      '\n',
      '"',
      "'",
      '|\n',
      '>\n',
      '!!str ',
      '!x ',
      '%YAML 1.1\n',
      '---\n',
      '...\n',
      '#',
      '\t',
      '<<: *a\n',
      '__proto__: 1\n',
      '\u202e',
      '\u0000',
      '💥',
      'null',
      '.nan',
    );
    const yamlLike = fc.oneof(
      anyText({ maxLength: 200 }),
      fc.array(pieces, { maxLength: 30 }).map(parts => parts.join('')),
      fc.json().map(text => `version: 1\nprofiles: ${text}`),
      fc.anything({ maxDepth: 4 }).map(value => {
        try {
          return stringify({
            version: 1,
            profiles: { a: value, b: { mcp: value, limits: value, allowedTools: value } },
          });
        } catch {
          return '';
        }
      }),
    );

    it('throws nothing, and all that it complains about is of its own family', () => {
      fc.assert(
        fc.property(yamlLike, text => {
          for (const problem of problemsOf(parseProfilesFile(text))) {
            expect(problem).toBeInstanceOf(ProfilesError);
            expect(problem.toProblem()).toMatchObject({ family: 'profiles', message: expect.any(String) });
            expect(problem.remedy).not.toBe('');
          }
        }),
        { numRuns: 600 },
      );
    });

    it('lets no profile through that could bypass permissions or smuggle an option', () => {
      fc.assert(
        fc.property(yamlLike, text => {
          for (const { content } of parseProfilesFile(text).profiles) {
            if (content.state === 'good') {
              expect(content.entry.permissionMode).not.toBe('bypassPermissions');
              expect(content.entry.model ?? '').not.toMatch(/^-/);
              expect([...(content.entry.allowedTools ?? [])].filter(rule => /^-|\)./.test(rule))).toEqual([]);
            }
          }
        }),
        { numRuns: 500 },
      );
    });
  });
});
