import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { panelExtension, until, workspaceFolder } from './support/panelExtension.ts';

const HEAD = 'name: tidy\ntitle: Tidy\ndescription: Tidies up.\n';
const file = (name: string): vscode.Uri => vscode.Uri.joinPath(workspaceFolder(), '.claude-panel', 'commands', name);

async function write(name: string, text: string): Promise<vscode.Uri> {
  const uri = file(name);
  await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  return uri;
}

/** The places and first lines of what is wrong with a file. */
function problems(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .map(({ range, message }) => `${range.start.line + 1}:${range.start.character + 1} ${message.split('\n')[0]}`);
}

async function replaceAll(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

describe('files of commands', () => {
  before(() => panelExtension().activate());
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(file('x'), '..'), { recursive: true });
  });

  it('show what is wrong at its line, as it is typed and as it is saved', async () => {
    const uri = await write('tidy.yaml', `${HEAD}promt: Tidy up.\n`);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await until('the problem', () => problems(uri).length === 1);
    assert.deepEqual(problems(uri), ['4:1 The command has the unknown key "promt".']);

    await replaceAll(document, `${HEAD}prompt: Tidy up \${{ inputs.what }}.\n`);
    await until('the problem that was typed', () => problems(uri)[0]?.startsWith('4:17 ') === true);
    assert.ok(document.isDirty);

    await replaceAll(document, `${HEAD}prompt: Tidy up.\n`);
    await until('no problem', () => problems(uri).length === 0);
    assert.ok(await document.save());
    assert.deepEqual(problems(uri), []);
  });

  it('are checked without being open, and a broken one takes nothing else down', async () => {
    const broken = await write('broken.yaml', 'name: broken\n\tx: y\n');
    const fine = await write('fine.yaml', `${HEAD.replace('tidy', 'fine')}prompt: x\n`);
    await until('the problem', () => problems(broken).length === 1);
    assert.deepEqual(problems(broken), ['2:1 The file is not valid YAML.']);
    assert.deepEqual(problems(fine), []);
    await vscode.workspace.fs.delete(broken);
    await until('no problem', () => problems(broken).length === 0);
  });

  it('are completed, and explained, without any other extension', async () => {
    const uri = await write('steps.yaml', `${HEAD.replace('tidy', 'steps')}steps:\n  - id: one\n    prompt: x\n    \n`);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const complete = async (line: number, column: number): Promise<string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        new vscode.Position(line, column),
      );
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    await until('completion', async () => (await complete(6, 4)).includes('onFailure'));
    assert.ok(!(await complete(6, 4)).includes('prompt'));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      new vscode.Position(4, 5),
    );
    const said = hovers.flatMap(({ contents }) => contents.map(one => (typeof one === 'string' ? one : one.value)));
    assert.ok(said.includes('Unique in the command.'), said.join());
  });
});
