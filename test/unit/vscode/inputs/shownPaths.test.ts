import { describe, expect, it } from 'vitest';
import { foldersAbove, pathInFolder } from '../../../../src/vscode/inputs/shownPaths.ts';

describe('pathInFolder', () => {
  it('is relative inside of the folder and whole outside of it', () => {
    expect(pathInFolder('/home/kim/shop', '/home/kim/shop/src/a.ts')).toBe('src/a.ts');
    expect(pathInFolder('/home/kim/shop', '/home/kim/shop')).toBe('.');
    expect(pathInFolder('/home/kim/shop', '/home/kim/shop2/a.ts')).toBe('/home/kim/shop2/a.ts');
    expect(pathInFolder('/home/kim/shop', '/home/kim/shop/..a')).toBe('..a');
  });
});

describe('foldersAbove', () => {
  it('holds every folder on the way, once', () => {
    expect(foldersAbove(['src/core/a.ts', 'src/core/b.ts', 'readme.md'])).toEqual(['.', 'src', 'src/core']);
  });
});
