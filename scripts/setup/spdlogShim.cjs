// Plain JavaScript in place of @vscode/spdlog's native logger, so that installing VS Code's host needs no compiler.
// Same files and line format as the native one; rotation by size is left out.
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
let sharedLevel = 2;

class Logger {
  constructor(kind, _name, file) {
    this.level = sharedLevel;
    this.raw = false;
    this.toConsole = kind === 'stdout_async';
    if (this.toConsole) return;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.descriptor = fs.openSync(file, 'a');
  }
  write(level, message) {
    if (level < this.level || (!this.toConsole && this.descriptor === undefined)) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    const line = this.raw ? message : `${time} [${LEVELS[level]}] ${message}\n`;
    try {
      if (this.toConsole) process.stdout.write(line);
      else fs.writeSync(this.descriptor, line);
    } catch {
      // Logging never throws.
    }
  }
  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {}
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {
    if (this.descriptor === undefined) return;
    try {
      fs.closeSync(this.descriptor);
    } catch {
      // Already closed.
    }
    this.descriptor = undefined;
  }
}

const create = async (kind, name, file) => new Logger(kind, name, file);

exports.version = 0;
exports.setLevel = level => {
  sharedLevel = level;
};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = (name, file) => create('rotating', name, file);
exports.createAsyncRotatingLogger = (name, file) => create('rotating_async', name, file);
