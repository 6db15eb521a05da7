import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { required } from './toolchain.ts';

const flags = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
];

/** The browser that set-up found, without a window. */
export function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: required('browser'),
    headless: true,
    args: [...flags],
    ...options,
  });
}
