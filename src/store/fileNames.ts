import { existsSync } from 'node:fs';

/** Such as `20261121T100000Z`, for the name of a file that is kept. */
export function stampOf(time: Date): string {
  return time.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/** The path, or the path with a number when there is something already. */
export function freeName(path: string): string {
  let name = path;
  for (let number = 2; existsSync(name); number += 1) {
    name = `${path}-${number}`;
  }
  return name;
}
