/** Made by the build: each test file of this folder with the function that loads it. */
declare module 'host-test-files' {
  export const hostTestFiles: Readonly<Record<string, () => Promise<unknown>>>;
}
