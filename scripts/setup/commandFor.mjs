import process from 'node:process';

/**
 * How to start a program: Windows runs command scripts (`.cmd`, `.bat`) only through its shell.
 * @typedef {object} Command
 * @property {string} file
 * @property {string[]} args
 * @property {boolean} windowsVerbatimArguments the arguments are quoted already
 */

/**
 * @param {string} program full path
 * @param {readonly string[]} args without quotation marks in them
 * @returns {Command}
 */
export function commandFor(program, args) {
  if (process.platform !== 'win32' || !/\.(cmd|bat)$/i.test(program)) {
    return { file: program, args: [...args], windowsVerbatimArguments: false };
  }
  const line = [program, ...args].map(part => `"${part}"`).join(' ');
  const shell = process.env.ComSpec ?? 'cmd.exe';
  return { file: shell, args: ['/d', '/s', '/c', `"${line}"`], windowsVerbatimArguments: true };
}
