import path from 'node:path';
import type { JsonValue } from '../../../base/json.ts';
import { auditedFiles } from '../../../core/audit/auditedFiles.ts';
import { dependencyFindings } from '../../../core/audit/dependencyFindings.ts';
import { readDependencyReport } from '../../../core/audit/dependencyReports.ts';
import { dependencyTool, type LockFile, lockFilesIn } from '../../../core/audit/dependencyTools.ts';
import { type Findings, findingsOutput } from '../../../core/audit/finding.ts';
import { findProgram } from '../../../core/process/programsOnPath.ts';
import { runTool } from '../../../core/process/toolRun.ts';
import { withoutSecrets } from '../../../core/security/secretVariables.ts';
import { readWorkspaceText } from '../../../core/validation/workspaceText.ts';
import { panelHome } from '../../panelHome.ts';
import type { ActionContext } from '../panelAction.ts';
import { repositoryFiles } from '../repository/repositoryFiles.ts';
import { withAuditFolder } from './auditFolder.ts';

const MOST_LOCK_FILES = 20;
const MOST_LOCK_BYTES = 50 * 1024 * 1024;
const TIMEOUT_MS = 120_000;

export async function auditDependencies(context: ActionContext): Promise<JsonValue> {
  const { files } = await repositoryFiles(context);
  const locks = lockFilesIn(files);
  const parts: Findings[] = [];
  for (const lock of locks.slice(0, MOST_LOCK_FILES)) {
    parts.push(await auditOne(lock, context));
  }
  return findingsOutput({
    findings: parts.flatMap(({ findings }) => findings),
    checked: parts.flatMap(({ checked }) => checked),
    skipped: [
      ...parts.flatMap(({ skipped }) => skipped),
      ...(locks.length === 0 ? ['dependencies: there is no lock file.'] : []),
      ...locks.slice(MOST_LOCK_FILES).map(({ file }) => `${file}: only ${MOST_LOCK_FILES} lock files are looked at.`),
    ],
  });
}

async function auditOne(lock: LockFile, context: ActionContext): Promise<Findings> {
  const { file } = lock;
  if (lock.kind === 'byHand') {
    return notLooked(`${file}: run ${lock.command} for it.`);
  }
  const { folder, environment, signal } = context;
  const read = await readWorkspaceText(folder, file, { mostBytes: MOST_LOCK_BYTES, links: 'insideOnly' });
  if (read.state !== 'text') {
    return notLooked(`${file}: it cannot be read as text.`);
  }
  const tool = dependencyTool(lock.tool, read.text);
  const program = await findProgram(tool.program, environment);
  if (program === undefined) {
    return notLooked(`${file}: ${tool.program} is not installed. ${tool.install}`);
  }
  const manifestFile = lock.folder === '' ? tool.manifest : `${lock.folder}/${tool.manifest}`;
  const manifest = await readWorkspaceText(folder, manifestFile, { mostBytes: MOST_LOCK_BYTES, links: 'insideOnly' });
  const manifestText = manifest.state === 'text' ? manifest.text : undefined;
  const { files, skipped } = auditedFiles(tool, { name: path.posix.basename(file), text: read.text }, manifestText);
  context.report(`Asking ${tool.program} about ${file}`);
  const run = await withAuditFolder({ folder, home: panelHome(environment) }, files, scratch =>
    runTool(program, tool.args, {
      cwd: scratch,
      environment: { ...withoutSecrets(environment), ...tool.environment },
      timeoutMs: TIMEOUT_MS,
      signal,
    }),
  );
  if (run === undefined) {
    return notLooked(
      `${file}: no place for a copy lies outside of this folder, whose files could steer ${tool.program}.`,
    );
  }
  if (run.state === 'timedOut') {
    return notLooked(`${file}: ${tool.program} did not answer within ${TIMEOUT_MS / 60_000} minutes.`);
  }
  if (run.state === 'notStarted') {
    return notLooked(`${file}: ${tool.program} could not be started.`);
  }
  const report = readDependencyReport(tool.id, run.stdout);
  if (report.state === 'failed') {
    const said = run.stderr.trim().split('\n')[0]?.slice(0, 300) ?? '';
    return notLooked(
      `${file}: ${tool.program} could not check it: ${said === '' ? report.why : `${report.why} (${said})`}.`,
    );
  }
  return {
    findings: dependencyFindings(
      report.vulnerabilities,
      manifestText === undefined ? undefined : { file: manifestFile, text: manifestText },
      { file, text: read.text },
    ),
    checked: [`${file}, by ${tool.program}.`],
    skipped: skipped.map(why => (lock.folder === '' ? why : `${lock.folder}/${why}`)),
  };
}

function notLooked(why: string): Findings {
  return { findings: [], checked: [], skipped: [why] };
}
