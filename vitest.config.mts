import { defineConfig } from 'vitest/config';

const MINUTE_MS = 60_000;

// No limit is a measure of speed: it only ends a test that hangs, on a machine that may have ten other things to do.
const NO_BROWSER = { testTimeout: MINUTE_MS / 2, hookTimeout: MINUTE_MS / 2, expect: { poll: { timeout: 20_000 } } };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,mjs}'], ...NO_BROWSER } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], ...NO_BROWSER } },
      { test: { name: 'golden', include: ['test/golden/**/*.test.ts'], ...NO_BROWSER } },
      {
        test: {
          name: 'webview',
          include: ['test/webview/**/*.test.ts'],
          // Each file starts a browser.
          fileParallelism: false,
          testTimeout: MINUTE_MS,
          hookTimeout: MINUTE_MS,
          expect: { poll: { timeout: MINUTE_MS / 2 } },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // Each file starts a whole VS Code and a browser.
          fileParallelism: false,
          testTimeout: 2 * MINUTE_MS,
          hookTimeout: 2 * MINUTE_MS,
          expect: { poll: { timeout: MINUTE_MS / 2 } },
          teardownTimeout: MINUTE_MS,
        },
      },
    ],
  },
});
