import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { CommandFault } from '../../../../src/core/catalog/catalogFaults.ts';
import type { CatalogCommand } from '../../../../src/core/catalog/command.ts';
import { parseCommandFile } from '../../../../src/core/catalog/commandFile.ts';
import { describePlace } from '../../../../src/core/validation/fileFault.ts';
import { anyText } from '../../anyText.ts';

const FILE = '/work/.claude-panel/commands/audit.yaml';
const HEAD = 'name: audit\ntitle: Audit\ndescription: Looks at it.\n';

async function good(text: string): Promise<CatalogCommand> {
  const parsed = await parseCommandFile(text, FILE, 'project');
  expect(parsed.state === 'bad' ? parsed.faults : []).toEqual([]);
  return (parsed as Extract<typeof parsed, { state: 'good' }>).command;
}

async function faultsOf(text: string, file = FILE): Promise<readonly CommandFault[]> {
  const parsed = await parseCommandFile(text, file, 'project');
  return parsed.state === 'bad' ? parsed.faults : [];
}

/** The mark ▲ stands where the only fault is expected. */
async function faultAtMark(marked: string): Promise<CommandFault> {
  const before = marked.slice(0, marked.indexOf('▲')).split('\n');
  const faults = await faultsOf(marked.replace('▲', ''));
  const place = `${FILE}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  expect(faults.map(fault => describePlace(fault.place))).toEqual([place]);
  return faults[0] as CommandFault;
}

describe('parseCommandFile', { timeout: 30_000 }, () => {
  it('reads a command with a prompt and every key', async () => {
    const entry = {
      name: 'audit',
      title: 'Security Audit',
      description: 'Looks for holes.',
      icon: 'shield',
      inputs: [
        { name: 'target', type: 'text', title: 'What?', pattern: '[a-z/]+', default: 'src', multiline: false },
        { name: 'depth', type: 'choice', choices: ['quick', 'deep'], default: 'quick' },
        { name: 'most', type: 'number', min: 1, max: 9, default: 3 },
        { name: 'fix', type: 'boolean', default: false },
        { name: 'file', type: 'file', required: false },
        { name: 'folder', type: 'folder', required: false },
        { name: 'since', type: 'gitRef', default: 'HEAD~1' },
      ],
      profile: 'safe',
      limits: { usd: 2, turns: 10, minutes: 5 },
      snapshot: 'required',
      prompt: 'Look at ${{ inputs.target }} in ${{ workspace.folder }}.',
    };
    expect(await good(stringify(entry))).toMatchObject({
      name: 'audit',
      namespace: 'project',
      fullName: 'project:audit',
      title: 'Security Audit',
      icon: 'shield',
      inputs: entry.inputs,
      profile: 'safe',
      limits: entry.limits,
      requiresSnapshot: true,
      body: { kind: 'prompt', prompt: entry.prompt },
      file: FILE,
    });
  });

  it('speaks of more than one document, and of what is nested too deeply, to the author of the file', async () => {
    const second = await faultAtMark(`${HEAD}prompt: x\n▲---\nname: other\n`);
    expect(second.detail).toBe('A second document begins here, and a file is one.');
    const [deep, ...others] = await faultsOf(`name: audit\ntitle: ${'['.repeat(5000)}\n`);
    expect(deep?.detail).toBe('It is nested too deeply, or refers to itself.');
    expect(others).toEqual([]);
  });

  it('says that steps do not start together inside of others that do', async () => {
    const fault = await faultAtMark(`${HEAD}steps:
  - parallel:
      - ▲parallel:
          - { id: a, run: [ls] }
`);
    expect(fault.message).toContain('there is no "parallel" in another one');
  });

  it.each([
    ['{ type: ▲objekt }', 'has the type objekt, and there are only'],
    ['{ type: ▲[string, nul] }', 'did you mean null'],
    ['{ type: object, properties: { a: { pattern: ▲"(" } } }', 'has a pattern that is none'],
    ['{ type: object, required: ▲a }', 'has a "required" that is no list of names'],
    ['{ items: ▲string }', 'must be a map, true or false'],
    ['{ anyOf: [{ type: ▲strin }] }', 'did you mean string'],
    ['{ properties: ▲[a] }', 'has "properties", which must be a map'],
  ])('refuses the schema %s of an output', async (schema, why) => {
    const fault = await faultAtMark(`${HEAD}steps:\n  - { id: a, prompt: x, output: { schema: ${schema} } }\n`);
    expect(fault.message).toContain(why);
  });

  it('leaves words of a schema alone that it does not know, and names that look like words', async () => {
    const schema = '{ type: object, format: odd, properties: { type: { type: string }, required: true, enum: {} } }';
    await good(`${HEAD}steps:\n  - { id: a, prompt: x, output: { schema: ${schema} } }\n`);
  });

  it('reads an action with its values', async () => {
    expect(
      (
        await good(
          `${HEAD}action: backup\nwith: { keep: 3, note: "\${{ inputs.why }}" }\ninputs: [{ name: why, type: text }]\n`,
        )
      ).body,
    ).toEqual({
      kind: 'action',
      action: 'backup',
      with: { keep: 3, note: '${{ inputs.why }}' },
    });
  });

  it('reads every kind of step', async () => {
    const body = (
      await good(`${HEAD}steps:
  - parallel:
      - id: deps
        run: [npm, audit, --json, 7]
        output: json
        successCodes: [0, 1]
        env: { LEVEL: high }
        retry: { attempts: 3, delay: 500ms, factor: 2, maxDelay: 1m }
        timeout: 1h30m
      - id: review
        prompt: Review it.
        output: { schema: { type: object } }
  - id: list
    run: git ls-files | head
    shell: true
    output: { files: ["out/*.md"] }
    onFailure: continue
  - id: each
    foreach: steps.deps.output.items
    when: steps.deps.state == "succeeded" && size(steps.deps.output.items) > 0
    command: other
    inputs: { one: "\${{ item.name }}" }
    onFailure: { step: rescue }
  - id: rescue
    action: report
    with: { why: "\${{ steps.each.failure }}" }
  - id: gate
    approve: Go on?
    show: "\${{ steps.review.output.summary }}"
`)
    ).body;
    expect(body.kind === 'steps' && body.steps.map(({ id, needs }) => [id, needs])).toEqual([
      ['deps', []],
      ['review', []],
      ['list', ['deps', 'review']],
      ['each', ['list']],
      ['rescue', ['each']],
      ['gate', ['each']],
    ]);
  });

  it('has another fingerprint for another text, and for the same text in another place', async () => {
    const text = `${HEAD}prompt: x\n`;
    const elsewhere = await parseCommandFile(text, '/other/audit.yaml', 'project');
    const prints = [
      (await good(text)).fingerprint,
      (await good(`${text}# a comment\n`)).fingerprint,
      elsewhere.state === 'good' ? elsewhere.command.fingerprint : '',
    ];
    expect(new Set(prints).size).toBe(3);
    expect((await good(text)).fingerprint).toBe(prints[0]);
  });

  it.each([
    ['an empty file', ''],
    ['a list', '[1, 2]'],
    ['a text', 'audit'],
  ])('says of %s what a command is', async (_what, text) => {
    expect(await faultsOf(text)).toMatchObject([
      { reason: 'badValue', message: expect.stringContaining('name, title') },
    ]);
  });

  it('wants the name of the file, and a name that nothing can be mistaken for', async () => {
    expect(await faultAtMark('name: ▲other\ntitle: x\ndescription: x\nprompt: x\n')).toMatchObject({
      reason: 'wrongName',
    });
    for (const name of [
      'Audit.yaml',
      'audit.yml',
      'аudit.yaml',
      'a--b.yaml',
      '-a.yaml',
      `${'a'.repeat(65)}.yaml`,
      '.yaml',
    ]) {
      expect(await faultsOf(`${HEAD}prompt: x\n`, `/work/${name}`)).toMatchObject([{ reason: 'wrongName' }]);
    }
  });

  it.each([
    [`${HEAD}prompt: x\n▲promt: y\n`, 'unknownKey', '"prompt"'],
    [`${HEAD}▲icons: shield\nprompt: x\n`, 'unknownKey', '"icon"'],
    [`${HEAD}icon: ▲$(x)\nprompt: x\n`, 'badValue', ''],
    ['name: audit\ntitle: ▲5\ndescription: x\nprompt: x\n', 'badValue', ''],
    [`${HEAD}limits: { ▲minuts: 5 }\nprompt: x\n`, 'unknownKey', '"minutes"'],
    [`${HEAD}limits: { usd: ▲-1 }\nprompt: x\n`, 'badValue', ''],
    [`${HEAD}limits: { usd: ▲.inf }\nprompt: x\n`, 'badValue', ''],
    [`${HEAD}snapshot: ▲requird\nprompt: x\n`, 'badValue', '"required"'],
    [`${HEAD}prompt: x\ninputs: [{ name: a, type: ▲txt }]\n`, 'badValue', ''],
    [`${HEAD}prompt: x\ninputs: [{ name: ▲A, type: text }]\n`, 'badValue', ''],
    [`${HEAD}prompt: x\ninputs: [{ name: a, type: text, ▲patern: x }]\n`, 'unknownKey', '"pattern"'],
    [`${HEAD}prompt: x\ninputs: [{ name: a, type: text }, { name: ▲a, type: text }]\n`, 'duplicateName', ''],
    [`${HEAD}prompt: x\ninputs: [{ name: a, type: text, pattern: ▲"(" }]\n`, 'badInput', 'regular expression'],
    [`${HEAD}prompt: x\ninputs: [{ name: a, type: text, pattern: "[a-z]+", default: ▲A }]\n`, 'badInput', ''],
    [`${HEAD}prompt: x\ninputs: [{ name: a, type: choice, choices: [x], default: ▲y }]\n`, 'badInput', ''],
    [`${HEAD}prompt: x\ninputs: [{ name: a, type: choice, choices: ▲[x, x] }]\n`, 'badInput', ''],
    [`${HEAD}prompt: x\ninputs: [{ name: a, type: number, min: ▲3, max: 2 }]\n`, 'badInput', ''],
    [`${HEAD}prompt: x\ninputs: [{ name: a, type: number, max: 2, default: ▲3 }]\n`, 'badInput', ''],
    [`${HEAD}prompt: x\ninputs: [{ name: a, type: gitRef, default: ▲--exec=x }]\n`, 'badInput', ''],
    [`${HEAD}prompt: x\n▲steps: [{ id: a, prompt: x }]\n`, 'wrongBody', 'Keep one'],
    [`${HEAD}▲with: { a: 1 }\nprompt: x\n`, 'wrongBody', ''],
    [`${HEAD}steps: ▲[]\n`, 'badValue', ''],
    [`${HEAD}steps: [▲{ id: a }]\n`, 'badValue', ''],
    [`${HEAD}steps: [▲7]\n`, 'badValue', ''],
    [`${HEAD}steps: [{ id: a, prompt: x, ▲run: [x] }]\n`, 'unknownKey', ''],
    [`${HEAD}steps: [{ id: a, prompt: x, ▲profil: x }]\n`, 'unknownKey', '"profile"'],
    [`${HEAD}steps: [{ id: a, prompt: x, timeout: ▲5 min }]\n`, 'badValue', ''],
    [`${HEAD}steps: [{ id: a, prompt: x, retry: { attempts: ▲1 } }]\n`, 'badValue', ''],
    [`${HEAD}steps: [{ id: a, prompt: x, onFailure: { ▲stp: b } }]\n`, '', ''],
    [`${HEAD}steps: [{ id: a, prompt: x, output: ▲yaml }]\n`, 'badValue', ''],
    [`${HEAD}steps: [{ id: a, command: ▲"x y" }]\n`, 'badValue', ''],
    [`${HEAD}steps: [{ id: a, prompt: x }, { id: ▲a, prompt: y }]\n`, 'duplicateName', ''],
    [`${HEAD}steps: [{ id: one, prompt: x }, { id: two, prompt: y, needs: [▲ona] }]\n`, 'unknownStep', '"one"'],
    [`${HEAD}steps: [{ id: a, prompt: x, onFailure: { step: ▲b } }]\n`, 'unknownStep', ''],
    [`${HEAD}steps: [{ id: a, ▲needs: [b], prompt: x }, { id: b, prompt: y }]\n`, 'stepCycle', ''],
    [`${HEAD}steps: [{ ▲id: a, prompt: x, onFailure: { step: a } }]\n`, 'stepCycle', ''],
    [`${HEAD}steps: [{ id: a, run: ▲git status }]\n`, 'wrongStep', 'shell: true'],
    [`${HEAD}steps: [{ id: a, run: [git], ▲shell: true }]\n`, 'wrongStep', ''],
    [
      `${HEAD}steps: [{ id: a, run: [bash, -c, ▲"echo \${{ workspace.folder }}"] }]\n`,
      'wrongStep',
      'argument of its own',
    ],
    [
      `${HEAD}steps: [{ id: a, run: [/usr/bin/python3.11, -c, ▲"print(\${{ workspace.folder }})"] }]\n`,
      'wrongStep',
      '',
    ],
    [`${HEAD}steps: [{ id: a, run: [node, --eval, ▲"\${{ workspace.folder }}"] }]\n`, 'wrongStep', ''],
    [
      `${HEAD}steps: [{ id: a, run: [▲"\${{ inputs.x }}"] }]\ninputs: [{ name: x, type: text }]\n`.replace('▲"', '"▲'),
      'notFilledIn',
      '',
    ],
    [`${HEAD}steps: [{ id: a, shell: true, run: "echo ▲\${{ workspace.folder }}" }]\n`, 'notFilledIn', '"env:"'],
    [`${HEAD}steps: [{ id: a, run: [x], env: { PATH: ▲"\${{ workspace.folder }}" } }]\n`, 'wrongStep', ''],
    [`${HEAD}steps: [{ id: a, run: [x], env: { LD_PRELOAD: ▲"\${{ workspace.folder }}" } }]\n`, 'wrongStep', ''],
    [`${HEAD}steps: [{ id: a, run: [x], foreach: ["▲\${{ workspace.folder }}"] }]\n`, 'notFilledIn', ''],
    [`${HEAD}steps: [{ id: a, prompt: x, output: { files: ["▲\${{ workspace.folder }}"] } }]\n`, 'notFilledIn', ''],
  ])('refuses "%s" with its place', async (marked, reason, remedy) => {
    const fault = await faultAtMark(marked);
    if (reason !== '') {
      expect(fault.reason).toBe(reason);
    }
    expect(fault.remedy).toContain(remedy);
  });

  it.each([
    ['prompt: Look at ▲${{ inputs.targt }}.', '"target"'],
    ['prompt: ▲${{ target }}', '"inputs.target"'],
    ['prompt: ▲${{ inputs }}', ''],
    ['prompt: ▲${{ inputs.target.x }}', ''],
    ['prompt: ▲${{ item }}', 'foreach'],
    ['prompt: ▲${{ steps.a.output }}', ''],
    ['prompt: ▲${{ workspace.foldr }}', '"folder"'],
    ['prompt: ▲${{ env.HOME }}', ''],
    ['prompt: ▲${{ 1 + 1 }}', ''],
    ['prompt: ▲${{ }}', ''],
    ['prompt: "▲${{ inputs.target"', ''],
    ['prompt: |\n  First.\n\n  Then ${{ inputs.target }} and ▲${{ inputs.nothing }}.', ''],
    ['steps:\n  - { id: a, prompt: "▲${{ steps.b.output }}" }\n  - { id: b, prompt: x }', 'needs'],
    ['steps:\n  - { id: a, prompt: "▲${{ steps.a.output }}" }', 'needs'],
    ['steps:\n  - { id: a, prompt: x }\n  - { id: b, needs: [], prompt: "▲${{ steps.a.output }}" }', 'needs'],
    [
      'steps:\n  - parallel:\n      - { id: a, prompt: x }\n      - { id: b, prompt: "▲${{ steps.a.output }}" }',
      'needs',
    ],
    ['steps:\n  - { id: aa, prompt: x }\n  - { id: b, prompt: "▲${{ steps.ab.output }}" }', '"aa"'],
    ['steps:\n  - { id: a, prompt: x }\n  - { id: b, prompt: "▲${{ steps.a }}" }', 'steps.a.output'],
    ['steps:\n  - { id: a, prompt: x }\n  - { id: b, prompt: "▲${{ steps.a.outptu }}" }', '"output"'],
  ])('refuses the reference in "%s"', async (marked, remedy) => {
    const fault = await faultAtMark(`${HEAD}inputs: [{ name: target, type: text }]\n${marked}\n`);
    expect(fault.reason).toBe('badReference');
    expect(fault.remedy).toContain(remedy);
  });

  it.each([
    ['when', 'inputs.n >', ''],
    ['when', 'inputs.n + 1', ''],
    ['when', 'inputs.m > 1', '"n"'],
    ['when', 'nothing', ''],
    ['when', 'item == 1', ''],
    ['when', 'steps.later.output == 1', 'needs'],
    ['when', 'steps["later"].output == 1', 'needs'],
    ['when', 'steps[inputs.n].output == 1', ''],
    ['when', 'size(steps) > 1', ''],
    ['when', 'steps.be-fore.output == 1', 'steps["be-fore"]'],
    ['when', '[1].exists(steps, true)', ''],
    ['when', `${'('.repeat(500)}true${')'.repeat(500)}`, ''],
    ['when', Array.from({ length: 600 }, () => '1').join('<'), ''],
    ['foreach', '"text"', ''],
    ['foreach', 'inputs.nope', ''],
  ])('refuses the expression of %s: %s', async (key, expression, remedy) => {
    const step = { id: 'now', prompt: 'x', [key]: expression };
    const text = stringify({
      name: 'audit',
      title: 'x',
      description: 'x',
      inputs: [{ name: 'n', type: 'number' }],
      steps: [{ id: 'be-fore', prompt: 'x' }, step, { id: 'later', prompt: 'x' }],
    });
    const line = text.split('\n').findIndex(one => one.trim().startsWith(`${key}:`)) + 1;
    const faults = await faultsOf(text);
    expect(faults).toMatchObject([{ reason: 'badExpression', place: { line } }]);
    expect(faults[0]?.remedy).toContain(remedy);
  });

  it('takes expressions in braces, and names with hyphens in brackets', async () => {
    await good(
      `${HEAD}steps:\n  - { id: be-fore, prompt: x }\n  - { id: b, prompt: "\${{ steps.be-fore.output }}", when: '\${{ steps["be-fore"].output == "yes" }}' }\n`,
    );
  });

  it('names every fault of a file', async () => {
    expect(await faultsOf(`${HEAD}promt: x\nlimits: { usd: -1 }\ninputs: [{ name: a, type: nope }]\n`)).toHaveLength(3);
  });

  it.each([
    ['a tab', 'name: audit\n\ttitle: x\n', 'badYaml'],
    ['a key that stands twice', 'name: audit\nname: audit\n', 'duplicateKey'],
    ['a tag that would make something', 'name: !!js/function "x"\n', 'badYaml'],
    ['two documents', 'name: audit\n---\nname: audit\n', 'badYaml'],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]},`.repeat(9)}]`).join('\n')}\n`,
      'tooManyAliases',
    ],
    ['an anchor that holds itself', 'name: &a [*a]\n', ''],
    ['brackets without an end', '['.repeat(100_000), 'badYaml'],
  ])('says one thing of %s', async (_what, text, reason) => {
    const faults = await faultsOf(text);
    expect(faults.length).toBeGreaterThan(0);
    if (reason !== '') {
      expect(faults.map(fault => fault.reason)).toEqual([reason]);
    }
  });

  it('lets an alias stand for a plain value', async () => {
    expect((await good('name: audit\ntitle: &t Audit\ndescription: *t\nprompt: x\n')).description).toBe('Audit');
  });

  it('never throws, and either checks a file or says where it is wrong', async () => {
    const anyContent = fc.oneof(
      anyText({ maxLength: 200 }),
      fc.json(),
      fc.anything().map(value => safeStringify({ name: 'audit', title: 't', description: 'd', steps: value })),
      fc
        .anything()
        .map(value => safeStringify({ name: 'audit', title: 't', description: 'd', inputs: [value], prompt: 'x' })),
      anyText().map(value => safeStringify({ name: 'audit', title: 't', description: 'd', prompt: value })),
      fc
        .string()
        .map(when =>
          safeStringify({ name: 'audit', title: 't', description: 'd', steps: [{ id: 'a', prompt: 'x', when }] }),
        ),
    );
    await fc.assert(
      fc.asyncProperty(anyContent, async text => {
        const parsed = await parseCommandFile(text, FILE, 'user');
        expect(parsed.state === 'good' || parsed.faults.every(fault => fault.place.file === FILE)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

function safeStringify(value: unknown): string {
  try {
    return stringify(value);
  } catch {
    return '';
  }
}
