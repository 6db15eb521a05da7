import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run } from './run.mjs';

const TIMEOUT_MS = 15 * 60_000;

/** npm's own JavaScript file: the npm that started us, else the one beside this Node, else the one on PATH. */
function npmCli() {
  const running = process.env.npm_execpath;
  if (running && path.basename(running) === 'npm-cli.js' && existsSync(running)) return running;
  const beside = path.dirname(process.execPath);
  const places = [
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  return places.find(place => existsSync(place));
}

/** The caller's `npm run` leaks settings that would send a nested npm to the wrong folder. */
function npmEnvironment() {
  const leaked =
    /^npm_config_(local_)?prefix$|^npm_config_global$|^npm_lifecycle|^npm_package|^npm_command$|^INIT_CWD$/i;
  const kept = Object.entries(process.env).filter(([name]) => !leaked.test(name));
  return {
    ...Object.fromEntries(kept),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_loglevel: 'error',
  };
}

/**
 * @param {string} cwd
 * @param {readonly string[]} args
 */
export function npm(cwd, args) {
  const options = { title: `npm ${args[0]} in ${cwd}`, cwd, env: npmEnvironment(), timeoutMs: TIMEOUT_MS };
  const cli = npmCli();
  return cli ? run(process.execPath, [cli, ...args], options) : run('npm', args, options);
}
