import process from 'node:process';

const HEARTBEAT_MS = 15_000;
let quiet = false;

/** @param {boolean} value with true, only steps that do work are shown, on standard error as always */
export function setQuiet(value) {
  quiet = value;
}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** A line about something that needed no work. @param {string} text */
export function sayUnlessQuiet(text) {
  if (!quiet) say(text);
}

/** @param {number} since `performance.now()` at the start */
export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/**
 * Runs one step of work, telling when it starts, that it is still alive, and how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  say(`set-up: ${title} …`);
  const heartbeat = setInterval(() => say(`set-up: ${title}: still working, ${seconds(started)}`), HEARTBEAT_MS);
  try {
    const result = await work();
    say(`set-up: ${title}: done in ${seconds(started)}`);
    return result;
  } catch (error) {
    say(`set-up: ${title}: failed after ${seconds(started)}`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}
