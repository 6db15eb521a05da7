/** Splits a path for showing: the name is what people look for, the folder is only the way there. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const end = path.replace(/[\\/]+$/, '');
  const cut = Math.max(end.lastIndexOf('/'), end.lastIndexOf('\\'));
  return cut < 0 ? { folder: '', name: end } : { folder: end.slice(0, cut), name: end.slice(cut + 1) };
}
