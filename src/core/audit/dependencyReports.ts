import * as z from 'zod';
import type { DependencyTool } from './dependencyTools.ts';
import type { Severity } from './finding.ts';

/** A version in use of which an advisory says that it is vulnerable. */
export interface Vulnerability {
  readonly package: string;
  readonly version?: string;
  readonly severity: Severity;
  readonly title: string;
  /** The id of the advisory, or its address. */
  readonly advisory?: string;
  /** Such as `upgrade to 1.2.3`. */
  readonly fix?: string;
}

type DependencyReport =
  | { readonly state: 'read'; readonly vulnerabilities: readonly Vulnerability[] }
  /** The tool said why it did not look, or said nothing that can be read. */
  | { readonly state: 'failed'; readonly why: string };

/** Reads what an audit tool printed. Never throws: it is a stranger's text. */
export function readDependencyReport(tool: DependencyTool['id'], text: string): DependencyReport {
  const values = jsonValues(text);
  if (values.length === 0) {
    return { state: 'failed', why: 'it printed no report' };
  }
  const problem = values.map(problemIn).find(why => why !== undefined);
  const vulnerabilities = values.flatMap(value => READERS[tool].flatMap(read => read(value) ?? []));
  const isReport = values.some(value => READERS[tool].some(read => read(value) !== undefined));
  if (!isReport) {
    return { state: 'failed', why: problem ?? 'its report is of a form that is not known here' };
  }
  const seen = new Set<string>();
  return {
    state: 'read',
    vulnerabilities: vulnerabilities.filter(one => {
      const key = `${one.package}\0${one.advisory ?? one.title}`;
      return seen.has(key) ? false : seen.add(key);
    }),
  };
}

/** One document, or one on each line. */
function jsonValues(text: string): unknown[] {
  const whole = parsed(text.trim());
  if (whole !== undefined) {
    return [whole];
  }
  return text.split('\n').flatMap(line => {
    const value = line.trimStart().startsWith('{') ? parsed(line) : undefined;
    return value === undefined ? [] : [value];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

const problemSchema = z.union([
  z.object({
    message: z.string().optional(),
    error: z.object({ summary: z.string().optional(), code: z.string().optional(), message: z.string().optional() }),
  }),
  z.object({ type: z.literal('error'), data: z.string() }),
]);

function problemIn(value: unknown): string | undefined {
  const found = problemSchema.safeParse(value);
  if (!found.success) {
    return undefined;
  }
  const { data } = found;
  if ('data' in data) {
    return firstLine(data.data);
  }
  const { error, message } = data;
  return firstLine(error.summary || error.message || message || error.code || 'it reported an error');
}

function firstLine(text: string): string | undefined {
  return text.trim().split('\n')[0]?.slice(0, 300);
}

type Reader = (value: unknown) => Vulnerability[] | undefined;

const npmSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      severity: z.string(),
      via: z.array(
        z.union([
          z.string(),
          z.object({ title: z.string().optional(), url: z.string().optional(), severity: z.string().optional() }),
        ]),
      ),
      range: z.string().optional(),
      fixAvailable: z
        .union([
          z.boolean(),
          z.object({ name: z.string(), version: z.string(), isSemVerMajor: z.boolean().optional() }),
        ])
        .optional(),
    }),
  ),
});

/** npm from version 7 on: a package that is only vulnerable through another one is told with that one. */
const readNpm: Reader = value => {
  const report = npmSchema.safeParse(value);
  if (!report.success) {
    return undefined;
  }
  return Object.values(report.data.vulnerabilities).flatMap(({ name, severity, via, range, fixAvailable }) =>
    via.flatMap((cause): Vulnerability[] =>
      typeof cause === 'string'
        ? []
        : [
            {
              package: name,
              ...(range === undefined ? {} : { version: range }),
              severity: severityOf(cause.severity ?? severity),
              title: cause.title ?? 'Known vulnerability',
              ...(cause.url === undefined ? {} : { advisory: cause.url }),
              ...npmFix(fixAvailable),
            },
          ],
    ),
  );
};

function npmFix(
  fix:
    | boolean
    | { readonly name: string; readonly version: string; readonly isSemVerMajor?: boolean | undefined }
    | undefined,
): { fix?: string } {
  if (fix === undefined || fix === false) {
    return {};
  }
  return fix === true
    ? { fix: 'npm audit fix' }
    : { fix: `upgrade ${fix.name} to ${fix.version}${fix.isSemVerMajor === true ? ', a new major version' : ''}` };
}

const advisorySchema = z.object({
  module_name: z.string(),
  severity: z.string(),
  title: z.string(),
  url: z.string().optional(),
  vulnerable_versions: z.string().optional(),
  patched_versions: z.string().optional(),
});

function fromAdvisory(advisory: z.infer<typeof advisorySchema>): Vulnerability {
  const { module_name, severity, title, url, vulnerable_versions, patched_versions } = advisory;
  return {
    package: module_name,
    ...(vulnerable_versions === undefined ? {} : { version: vulnerable_versions }),
    severity: severityOf(severity),
    title,
    ...(url === undefined ? {} : { advisory: url }),
    ...(patched_versions === undefined || patched_versions === '<0.0.0'
      ? {}
      : { fix: `upgrade to ${patched_versions}` }),
  };
}

/** pnpm, and npm 6. */
const readAdvisories: Reader = value => {
  const report = z.object({ advisories: z.record(z.string(), advisorySchema) }).safeParse(value);
  return report.success ? Object.values(report.data.advisories).map(fromAdvisory) : undefined;
};

/** Yarn 1: one event a line; the summary comes even when there is nothing. */
const readYarnEvent: Reader = value => {
  if (z.object({ type: z.literal('auditSummary') }).safeParse(value).success) {
    return [];
  }
  const event = z
    .object({ type: z.literal('auditAdvisory'), data: z.object({ advisory: advisorySchema }) })
    .safeParse(value);
  return event.success ? [fromAdvisory(event.data.data.advisory)] : undefined;
};

/** Yarn 2 and later: one package a line. */
const readYarnTree: Reader = value => {
  const node = z
    .object({
      value: z.string(),
      children: z.object({
        Issue: z.string(),
        URL: z.string().optional(),
        Severity: z.string(),
        'Vulnerable Versions': z.string().optional(),
      }),
    })
    .safeParse(value);
  if (!node.success) {
    return undefined;
  }
  const { Issue, URL, Severity, 'Vulnerable Versions': version } = node.data.children;
  return [
    {
      package: node.data.value,
      ...(version === undefined ? {} : { version }),
      severity: severityOf(Severity),
      title: Issue,
      ...(URL === undefined ? {} : { advisory: URL }),
    },
  ];
};

const readPip: Reader = value => {
  const report = z
    .object({
      dependencies: z.array(
        z.object({
          name: z.string(),
          version: z.string().optional(),
          vulns: z
            .array(
              z.object({
                id: z.string(),
                fix_versions: z.array(z.string()).optional(),
                description: z.string().optional(),
              }),
            )
            .optional(),
        }),
      ),
    })
    .safeParse(value);
  return report.success
    ? report.data.dependencies.flatMap(({ name, version, vulns = [] }) =>
        vulns.map(
          ({ id, fix_versions = [], description }): Vulnerability => ({
            package: name,
            ...(version === undefined ? {} : { version }),
            // The database of PyPI has no severities.
            severity: 'high',
            title: firstSentence(description) ?? 'Known vulnerability',
            advisory: id,
            ...(fix_versions.length === 0 ? {} : { fix: `upgrade to ${fix_versions.join(' or ')}` }),
          }),
        ),
      )
    : undefined;
};

const readCargo: Reader = value => {
  const report = z
    .object({
      vulnerabilities: z.object({
        list: z.array(
          z.object({
            advisory: z.object({ id: z.string(), title: z.string() }),
            package: z.object({ name: z.string(), version: z.string() }),
            versions: z.object({ patched: z.array(z.string()) }).optional(),
          }),
        ),
      }),
    })
    .safeParse(value);
  return report.success
    ? report.data.vulnerabilities.list.map(({ advisory, package: { name, version }, versions }) => ({
        package: name,
        version,
        severity: 'high' as const,
        title: advisory.title,
        advisory: advisory.id,
        ...(versions === undefined || versions.patched.length === 0
          ? {}
          : { fix: `upgrade to ${versions.patched.join(' or ')}` }),
      }))
    : undefined;
};

const readComposer: Reader = value => {
  const entry = z.object({
    packageName: z.string(),
    title: z.string(),
    affectedVersions: z.string().optional(),
    severity: z.string().nullish(),
    cve: z.string().nullish(),
    link: z.string().nullish(),
  });
  const report = z
    .object({ advisories: z.union([z.record(z.string(), z.array(entry)), z.array(z.never())]) })
    .safeParse(value);
  return report.success
    ? Object.values(report.data.advisories)
        .flat()
        .map(({ packageName, title, affectedVersions, severity, cve, link }) => ({
          package: packageName,
          ...(affectedVersions === undefined ? {} : { version: affectedVersions }),
          severity: severityOf(severity ?? 'high'),
          title,
          ...(cve == null && link == null ? {} : { advisory: String(cve ?? link) }),
        }))
    : undefined;
};

const READERS: Readonly<Record<DependencyTool['id'], readonly Reader[]>> = {
  npm: [readNpm, readAdvisories],
  pnpm: [readAdvisories, readNpm],
  yarn: [readYarnEvent, readYarnTree],
  pip: [readPip],
  cargo: [readCargo],
  composer: [readComposer],
};

function severityOf(word: string): Severity {
  switch (word.toLowerCase()) {
    case 'critical':
      return 'critical';
    case 'high':
      return 'high';
    case 'moderate':
    case 'medium':
      return 'medium';
    case 'low':
      return 'low';
    default:
      return 'info';
  }
}

function firstSentence(text: string | undefined): string | undefined {
  const sentence = text
    ?.trim()
    .split(/(?<=\.)\s|\n/)[0]
    ?.slice(0, 300);
  return sentence === '' ? undefined : sentence;
}
