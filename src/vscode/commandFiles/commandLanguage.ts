import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { packageFolder } from '../../app/packageFolder.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { completeCommand, describeKeyAt } from './commandCompletion.ts';
import type { CommandFiles } from './commandFiles.ts';
import type { JsonSchema } from './schemaPlace.ts';

const KINDS = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  reference: vscode.CompletionItemKind.Variable,
};

/** Completion and hovers in files of commands, without any other extension. */
export function offerCommandLanguage(files: CommandFiles): Disposable {
  const owned = new DisposableStore();
  let known: JsonSchema | undefined;
  // Read when it is first needed, from what is shipped for other extensions.
  const schema = (): JsonSchema => {
    known ??= JSON.parse(
      readFileSync(path.join(packageFolder(), 'schemas', 'command.schema.json'), 'utf8'),
    ) as JsonSchema;
    return known;
  };
  // By language alone: whether a file is one of a command is known better than a pattern can say.
  const selector: vscode.DocumentSelector = { language: 'yaml' };
  owned.add(
    vscode.languages.registerCompletionItemProvider(
      selector,
      {
        provideCompletionItems: (document, position) => {
          if (!files.owns(document)) {
            return [];
          }
          const { items, from } = completeCommand(document.getText(), document.offsetAt(position), {
            ...files.names,
            schema: schema(),
          });
          const range = new vscode.Range(document.positionAt(from), position);
          return items.map(({ label, kind, description, insert }, index) => {
            const item = new vscode.CompletionItem(label, KINDS[kind]);
            item.insertText = insert;
            item.range = range;
            item.sortText = String(index).padStart(4, '0');
            if (description !== undefined) {
              item.documentation = description;
            }
            return item;
          });
        },
      },
      ' ',
      '.',
      '[',
      '{',
      ',',
    ),
  );
  owned.add(
    vscode.languages.registerHoverProvider(selector, {
      provideHover: (document, position) => {
        const found = files.owns(document)
          ? describeKeyAt(document.getText(), document.offsetAt(position), schema())
          : undefined;
        return found === undefined ? undefined : new vscode.Hover([`**${found.key}**`, found.text]);
      },
    }),
  );
  return owned;
}
