import { open, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { JsonValue } from '../../base/json.ts';
import { valueMasker } from '../security/maskedOutput.ts';
import type { Environment } from './claudeEnvironment.ts';
import { isObject, type Raw } from './wire/rawFields.ts';

export interface LoggedSession {
  readonly id: string;
  /** As Claude Code itself tells it, without links. */
  readonly cwd: string;
  /** Of the process. */
  readonly environment: Environment;
}

const STDERR = 'Server stderr: ';
const MOST_BYTES = 64 * 1024;
const MOST_LINES = 8;
const MOST_CHARACTERS = 1000;
/** Longer names are cut in a way of its own. */
const LONGEST_NAME = 200;
/** These are given by name, so fewer characters are enough to tell them from ordinary text. */
const SHORTEST_SECRET = 6;

/**
 * What an MCP server wrote on stderr last in this session. Claude Code does not say it, but keeps it in a log of its own
 * that belongs to no contract: where that is not found or not understood, there is nothing to tell.
 */
export async function lastWordsOf(
  server: string,
  definition: JsonValue | undefined,
  session: LoggedSession,
): Promise<string | undefined> {
  const names = [session.cwd, server].map(name => name.replace(/[^a-zA-Z0-9]/g, '-'));
  if (names.some(name => name.length > LONGEST_NAME)) {
    return undefined;
  }
  const [project = '', log = ''] = names;
  const folder = path.join(cacheFolder(session.environment), project, `mcp-logs-${log}`);
  // Named by the time of their beginning.
  const newest = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.jsonl')).sort();
  const text = await readEnd(path.join(folder, newest.at(-1) ?? '')).catch(() => '');
  const words = lastWordsIn(text, session.id);
  return words === undefined ? undefined : withoutGiven(words, definition);
}

/** The last lines of the log's newest entry about stderr. Pure. */
export function lastWordsIn(log: string, sessionId: string): string | undefined {
  const last = log
    .split('\n')
    .map(line => parsed(line))
    .filter(entry => entry.sessionId === sessionId)
    .flatMap(({ error }) => (typeof error === 'string' && error.startsWith(STDERR) ? [error.slice(STDERR.length)] : []))
    .findLast(text => text.trim() !== '');
  return last?.trim().split('\n').slice(-MOST_LINES).join('\n').slice(-MOST_CHARACTERS);
}

/** A server may write what it was given as a secret. */
function withoutGiven(text: string, definition: JsonValue | undefined): string {
  const { env, headers } = (isObject(definition) ? definition : {}) as Raw<'env' | 'headers'>;
  const given = [env, headers].flatMap(values => (isObject(values) ? Object.values(values) : []));
  return valueMasker(
    given.filter(value => typeof value === 'string'),
    SHORTEST_SECRET,
  )(text);
}

/** Where Claude Code keeps what it could do without. */
function cacheFolder(environment: Environment, platform: NodeJS.Platform = process.platform): string {
  const home = environment['HOME'] ?? homedir();
  const name = 'claude-cli-nodejs';
  switch (platform) {
    case 'darwin':
      return path.join(home, 'Library', 'Caches', name);
    case 'win32':
      return path.join(environment['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local'), name, 'Cache');
    default:
      return path.join(environment['XDG_CACHE_HOME'] || path.join(home, '.cache'), name);
  }
}

async function readEnd(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(Math.min(size, MOST_BYTES)),
      position: Math.max(0, size - MOST_BYTES),
    });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

function parsed(line: string): Raw<'sessionId' | 'error'> {
  try {
    const value: JsonValue = JSON.parse(line);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
