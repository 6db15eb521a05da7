import { visibleText } from '../../base/visibleText.ts';

/** Where in a file; line and column count from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Such as `.claude-panel/profiles.yaml:4:5`. */
export function describePlace(place: FilePlace): string {
  return [place.file, place.line, place.line === undefined ? undefined : place.column]
    .filter(part => part !== undefined)
    .join(':');
}

export type FileFaultReason =
  | 'tooLarge'
  | 'notText'
  | 'notAFile'
  | 'outsideFolder'
  | 'unreadable'
  | 'badYaml'
  | 'duplicateKey'
  | 'tooManyAliases'
  | 'unknownKey'
  | 'badValue';

/** Something wrong with a file that people write, as plain data. Which family of errors it becomes is its reader's matter. */
export interface FileFault<Reason extends string = FileFaultReason> {
  readonly reason: Reason;
  readonly place: FilePlace;
  /** A clause that follows the place: it begins with a small letter. Hidden characters are visible in it. */
  readonly message: string;
  readonly detail?: string;
  readonly remedy: string;
}

/** Makes one whose texts show what is hidden in them. */
export function fileFault<Reason extends string>(
  reason: Reason,
  place: FilePlace,
  text: { readonly message: string; readonly detail?: string | undefined; readonly remedy: string },
): FileFault<Reason> {
  return {
    reason,
    place,
    message: visibleText(text.message),
    ...(text.detail === undefined ? {} : { detail: visibleText(text.detail) }),
    remedy: visibleText(text.remedy),
  };
}

export function tooLarge(file: string, mostBytes: number): FileFault {
  return fileFault(
    'tooLarge',
    { file },
    {
      message: `the file has more than ${Math.round(mostBytes / 1024)} KB and is not read.`,
      remedy: 'Make it smaller: a file of this kind needs a few lines only.',
    },
  );
}

export function notText(file: string): FileFault {
  return fileFault(
    'notText',
    { file },
    { message: 'the file is not text in UTF-8.', remedy: 'Replace it by a text file, or remove it.' },
  );
}

export function notAFile(file: string): FileFault {
  return fileFault(
    'notAFile',
    { file },
    { message: 'this is not a plain file.', remedy: 'Replace it by a text file, or remove it.' },
  );
}

export function outsideFolder(file: string): FileFault {
  return fileFault(
    'outsideFolder',
    { file },
    {
      message: 'the file is a link that leads out of the folder, and is not followed.',
      remedy: 'Copy the file into the folder in place of the link.',
    },
  );
}

export function unreadable(file: string, code: string): FileFault {
  return fileFault(
    'unreadable',
    { file },
    { message: `the file cannot be read (${code}).`, remedy: 'Look at its permissions, then try again.' },
  );
}

export function badYaml(place: FilePlace, why: string): FileFault {
  return fileFault('badYaml', place, {
    message: 'the file is not valid YAML.',
    detail: why,
    remedy: 'Correct this line.',
  });
}

export function duplicateKey(place: FilePlace): FileFault {
  return fileFault('duplicateKey', place, {
    message: 'a key stands here twice.',
    remedy: 'Keep one of the two: it would not be clear which one counts.',
  });
}

export function tooManyAliases(place: FilePlace, most: number): FileFault {
  return fileFault('tooManyAliases', place, {
    message: `the file uses more than ${most} YAML aliases, or aliases within aliases.`,
    remedy: 'Write the values out instead of using aliases.',
  });
}

export function unknownKey(
  place: FilePlace,
  text: { where: string; key: string; nearest: string | undefined; known: readonly string[] },
): FileFault {
  return fileFault('unknownKey', place, {
    message: `${text.where} has the unknown key "${text.key}".`,
    detail: `Known keys: ${text.known.join(', ')}.`,
    remedy:
      text.nearest === undefined
        ? 'Remove the line.'
        : `Did you mean "${text.nearest}"? Write that, or remove the line.`,
  });
}

export function badValue(
  place: FilePlace,
  text: { where: string; expected: string; nearest?: string | undefined; detail?: string },
): FileFault {
  return fileFault('badValue', place, {
    message: `${text.where} must be ${text.expected}.`,
    detail: text.detail,
    remedy: text.nearest === undefined ? 'Correct the value.' : `Did you mean "${text.nearest}"?`,
  });
}
