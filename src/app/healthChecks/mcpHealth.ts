import { isAbsolute } from 'node:path';
import type { JsonObject } from '../../base/json.ts';
import { findProgram } from '../../core/process/programsOnPath.ts';
import { readMcpFiles, type Servers } from '../../core/profiles/mcpFiles.ts';
import type { McpServerView, Task } from '../../core/tasks/task.ts';
import type { HealthCheck } from '../health.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The MCP servers of the folder, without starting one: whether their programs are there, and how they did in the last
 * task that had them.
 */
export async function mcpHealth(
  folder: string,
  tasks: readonly Task[],
  environment: Environment,
): Promise<HealthCheck[]> {
  const servers = Object.assign({}, ...(await readMcpFiles(folder)).map(file => file.servers)) as Servers;
  const names = Object.keys(servers);
  if (names.length === 0) {
    return [{ id: 'mcp', level: 'ok', text: 'No MCP servers in this folder' }];
  }
  const found = await Promise.all(
    Object.entries(servers).map(async ([name, definition]) => {
      const missing = await missingProgram(definition, environment);
      return missing === undefined ? failedLast(name, tasks) : programMissing(name, missing);
    }),
  );
  const problems = found.filter(check => check !== undefined);
  return problems.length > 0
    ? problems
    : [{ id: 'mcp', level: 'ok', text: `MCP servers: ${names.join(', ')}; nothing speaks against them` }];
}

/** The program that is not on the PATH. A path, or one with a variable in it, is for Claude Code to find. */
async function missingProgram({ command }: JsonObject, environment: Environment): Promise<string | undefined> {
  if (typeof command !== 'string' || isAbsolute(command) || /[\\/$]/.test(command)) {
    return undefined;
  }
  return (await findProgram(command, environment)) === undefined ? command : undefined;
}

function programMissing(name: string, command: string): HealthCheck {
  return {
    id: 'mcp',
    level: 'warning',
    text: `The MCP server "${name}" cannot start: ${command} is not on the PATH.`,
    remedy: `Install ${command}, or correct the server in .mcp.json.`,
  };
}

function failedLast(name: string, tasks: readonly Task[]): HealthCheck | undefined {
  const last = newestView(name, tasks);
  return last?.status === 'failed'
    ? {
        id: 'mcp',
        level: 'warning',
        text: `The MCP server "${name}" failed in the last task that had it${last.error === undefined ? '' : `: ${last.error}`}.`,
        remedy: 'Start its command in a terminal to see what it says, and correct it.',
      }
    : undefined;
}

/** `tasks` begin with the newest. */
function newestView(name: string, tasks: readonly Task[]): McpServerView | undefined {
  for (const { mcpServers } of tasks) {
    const view = mcpServers.find(server => server.name === name && server.status !== 'pending');
    if (view !== undefined) {
      return view;
    }
  }
  return undefined;
}
