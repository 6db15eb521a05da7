import type { PlacedEntry, ToolEnd } from './logWriter.ts';
import type { TranscriptEntry } from './transcript.ts';

/** The transcript of one task. Each change tells how to undo it, for a transaction that fails later. */
export class MemoryTranscript {
  readonly #entries: TranscriptEntry[] = [];
  readonly #places = new Map<string, number>();
  readonly #open = new Set<number>();

  get entries(): readonly TranscriptEntry[] {
    return this.#entries;
  }

  entry(id: string): TranscriptEntry | undefined {
    const index = this.#places.get(id);
    return index === undefined ? undefined : this.#entries[index];
  }

  add(entry: TranscriptEntry, undo: (step: () => void) => void): number | undefined {
    if (this.#places.has(entry.id)) {
      return undefined;
    }
    const index = this.#entries.length;
    this.#entries.push(entry);
    this.#places.set(entry.id, index);
    this.#markOpen(index, entry);
    undo(() => {
      this.#entries.pop();
      this.#places.delete(entry.id);
      this.#open.delete(index);
    });
    return index;
  }

  endTool(id: string, end: ToolEnd, undo: (step: () => void) => void): PlacedEntry | undefined {
    const index = this.#places.get(id);
    const entry = index === undefined ? undefined : this.#entries[index];
    return index === undefined || entry?.kind !== 'tool' ? undefined : this.#replace(index, { ...entry, ...end }, undo);
  }

  closeOpenTools(at: number, undo: (step: () => void) => void): readonly PlacedEntry[] {
    return [...this.#open].flatMap(index => {
      const entry = this.#entries[index];
      return entry?.kind === 'tool' ? [this.#replace(index, { ...entry, status: 'error', ended: at }, undo)] : [];
    });
  }

  #replace(index: number, entry: TranscriptEntry, undo: (step: () => void) => void): PlacedEntry {
    const before = this.#entries[index];
    this.#entries[index] = entry;
    this.#markOpen(index, entry);
    undo(() => {
      if (before !== undefined) {
        this.#entries[index] = before;
        this.#markOpen(index, before);
      }
    });
    return { index, entry };
  }

  #markOpen(index: number, entry: TranscriptEntry): void {
    if (entry.kind === 'tool' && entry.status === 'running') {
      this.#open.add(index);
    } else {
      this.#open.delete(index);
    }
  }
}
