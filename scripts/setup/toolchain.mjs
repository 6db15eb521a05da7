import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { installBrowser } from './browser.mjs';
import { installClaudeCode } from './claudeCode.mjs';
import { dependenciesAreInstalled, installDependencies } from './dependencies.mjs';
import { CommandFailed, Unavailable } from './failure.mjs';
import { exclusively } from './lock.mjs';
import { installNode } from './node.mjs';
import { installOlderClaude } from './olderClaude.mjs';
import { TOOLCHAIN } from './paths.mjs';
import { say } from './progress.mjs';
import { installSandbox } from './sandbox.mjs';
import { installVscodeHost } from './vscodeHost.mjs';

/**
 * What set-up provides. A piece that was not asked for, or cannot be had, is missing.
 * @typedef {object} Toolchain
 * @property {string} node program
 * @property {string} [claude] program
 * @property {Record<string, string>} [olderClaude] version to script
 * @property {{node: string, entry: string}} [vscodeHost]
 * @property {string} [browser] program
 * @property {string} [sandbox] program
 * @property {Record<string, string>} unavailable piece to reason
 */

/** @typedef {'claude' | 'olderClaude' | 'vscodeHost' | 'browser' | 'sandbox'} Piece */

const FILE = path.join(TOOLCHAIN, 'toolchain.json');

/**
 * Makes the dependencies, the right Node and the named pieces ready, and records where they are.
 * @param {readonly Piece[]} pieces
 * @returns {Promise<Toolchain>}
 */
export async function setUp(pieces) {
  return exclusively(async () => {
    await installDependencies();
    const node = await installNode();
    /** @type {Toolchain} */
    const toolchain = { ...readRecord(), node, unavailable: {} };
    const installers = {
      claude: async () => {
        toolchain.claude = await installClaudeCode();
      },
      olderClaude: async () => {
        toolchain.olderClaude = await installOlderClaude();
      },
      vscodeHost: async () => {
        toolchain.vscodeHost = await installVscodeHost();
      },
      browser: async () => {
        toolchain.browser = await installBrowser(node);
      },
      sandbox: async () => {
        toolchain.sandbox = await installSandbox();
      },
    };
    for (const piece of pieces) {
      delete toolchain[piece];
      await installers[piece]().catch(error => {
        toolchain.unavailable[piece] = reasonFor(piece, error);
      });
    }
    writeRecord(toolchain);
    return toolchain;
  });
}

/** The Node to use when nothing else is missing, without touching the lock: the path of every quick command. */
export async function setUpNode() {
  const record = readRecord();
  if (record.node && existsSync(record.node) && dependenciesAreInstalled()) return record.node;
  return (await setUp([])).node;
}

/** @param {Piece} piece @param {unknown} error */
function reasonFor(piece, error) {
  if (error instanceof Unavailable) return error.message;
  if (!(error instanceof CommandFailed)) throw error;
  say(`set-up: ${piece} could not be installed\n${error.message}`);
  return `${piece} could not be installed: ${error.message.split('\n')[0]}`;
}

/** @returns {Partial<Toolchain>} */
function readRecord() {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {Toolchain} toolchain */
function writeRecord(toolchain) {
  mkdirSync(TOOLCHAIN, { recursive: true });
  const draft = `${FILE}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(toolchain, undefined, 2)}\n`);
  renameSync(draft, FILE);
}
