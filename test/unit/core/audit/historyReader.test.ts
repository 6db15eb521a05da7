import { describe, expect, it } from 'vitest';
import { HistoryReader } from '../../../../src/core/audit/historyReader.ts';

const COMMIT = '1f'.repeat(20);

function read(text: string): string[] {
  const added: string[] = [];
  const reader = new HistoryReader(({ file, text: line, commit }) =>
    added.push(`${commit.slice(0, 2)} ${file}: ${line}`),
  );
  for (const line of text.split('\n')) {
    reader.add(line);
  }
  return added;
}

describe('HistoryReader', () => {
  it('gives added lines with their file and commit, and no removed ones', () => {
    expect(
      read(
        `commit ${COMMIT}\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n-old\n+new\n+more\n\\ No newline at end of file`,
      ),
    ).toEqual(['1f x: new', '1f x: more']);
  });

  it('takes content that looks like the head of a file for content', () => {
    expect(
      read(
        `commit ${COMMIT}\ndiff --git a/x b/x\n+++ b/x\n@@ -0,0 +1,3 @@\n+++ b/evil\n+@@ -1 +1 @@\n+last\n+++ b/y\n@@ -0,0 +1 @@\n+z`,
      ),
    ).toEqual(['1f x: ++ b/evil', '1f x: @@ -1 +1 @@', '1f x: last', '1f y: z']);
  });

  it('reads the names that git puts into quotes', () => {
    expect(read(`commit ${COMMIT}\ndiff --git a/x b/x\n+++ "b/caf\\303\\251 \\"x\\".txt"\n@@ -0,0 +1 @@\n+a`)).toEqual([
      '1f café "x".txt: a',
    ]);
  });

  it('gives what a merge alone brought, and nothing that one of its parents has', () => {
    const head = `commit ${COMMIT}\ndiff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x`;
    expect(read(`${head}\n@@@ -1,1 -1,1 +1,4 @@@\n- mine\n -theirs\n++both\n++++ b/evil\n+ theirs\n +mine`)).toEqual([
      '1f x: both',
      '1f x: ++ b/evil',
    ]);
    expect(read(`${head}\n@@@@ -1,1 -1,1 -1,0 +1,2 @@@@\n  +kept\n+++stashed`)).toEqual(['1f x: stashed']);
  });

  it('gives the lines of a message without a file, whatever they look like', () => {
    expect(read(`commit ${COMMIT}\n  commit ${COMMIT}\n\n  +++ b/x\n  @@ -0,0 +1 @@\n  +a`)).toEqual([
      `1f undefined: commit ${COMMIT}`,
      '1f undefined: +++ b/x',
      '1f undefined: @@ -0,0 +1 @@',
      '1f undefined: +a',
    ]);
  });
});
