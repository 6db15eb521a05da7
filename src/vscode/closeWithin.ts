/** VS Code leaves about five seconds; what is not settled by then is taken over at the next start. */
export const CLOSE_WITHIN_MS = 4000;
