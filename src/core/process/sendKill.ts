/** Ends a process at once. False when it is gone, or is not ours to end. Never ends this process. */
export function sendKill(pid: number): boolean {
  if (pid === process.pid || pid <= 1) {
    return false;
  }
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
