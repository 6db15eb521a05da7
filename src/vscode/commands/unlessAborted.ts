/** What the work comes to; nothing, and no failure either, once the person has cancelled it. */
export async function unlessAborted<T>(
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  try {
    const result = await work(signal);
    return signal.aborted ? undefined : result;
  } catch (error) {
    if (signal.aborted) {
      return undefined;
    }
    throw error;
  }
}
