import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installSandbox } from '../../../../scripts/setup/sandbox.mjs';
import { SANDBOX_PROBE } from '../../../../src/app/machineLook.ts';

describe.skipIf(process.platform !== 'linux')('the set-up of a sandbox', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'programs-'));
    // A machine with nothing else on its PATH.
    vi.stubEnv('PATH', folder);
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const program = (/** @type {string} */ name, script = 'exit 0') => {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(folder, name), 0o755);
  };
  /** An apt-get that makes the programs when it is told to install. */
  const packages = (code = 0) => {
    const made = ['bwrap', 'socat'].map(
      name => `printf '#!/bin/sh\\n' > ${folder}/${name}; chmod 755 ${folder}/${name}`,
    );
    symlinkSync('/bin/chmod', path.join(folder, 'chmod'));
    program(
      'apt-get',
      `echo "$*" >> ${folder}/asked\nif [ "$1" = install ]; then ${made.join('; ')}; fi\nexit ${code}`,
    );
  };
  const asked = () => {
    const file = path.join(folder, 'asked');
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  };

  it('takes what is installed, and asks for no package', async () => {
    packages();
    program('bwrap');
    program('socat');
    expect(await installSandbox()).toBe(path.join(folder, 'bwrap'));
    expect(asked()).toEqual([]);
  });

  it("installs Debian's packages as root, those that are missing, once", async () => {
    packages();
    program('socat');
    expect(await installSandbox()).toBe(path.join(folder, 'bwrap'));
    await installSandbox();
    expect(asked()).toEqual(['update -q', 'install -q -y --no-install-recommends bubblewrap']);
  });

  it('says what to install where it cannot do that', async () => {
    await expect(installSandbox()).rejects.toThrow('install bubblewrap and socat with the package manager');
    packages();
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    await expect(installSandbox()).rejects.toThrow('install bubblewrap and socat');
    expect(asked()).toEqual([]);
  });

  it('says the same when the packages cannot be had', async () => {
    program('apt-get', 'exit 100');
    program('bwrap');
    await expect(installSandbox()).rejects.toThrow('install socat with the package manager');
  });

  it('tries the same that the panel tries', async () => {
    program('bwrap', `echo "$*" >> ${folder}/asked`);
    program('socat');
    await installSandbox();
    expect(asked()).toEqual([SANDBOX_PROBE.join(' ')]);
  });

  it('tries whether it works, because a container may forbid it', async () => {
    program('bwrap', 'echo "bwrap: No permissions to create new namespace" >&2; exit 1');
    program('socat');
    await expect(installSandbox()).rejects.toThrow(/bubblewrap does not work on this machine .*No permissions/);
  });
});
