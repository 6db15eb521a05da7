import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { TaskDetail, TaskSummary } from '../../protocol/taskView.ts';
import { button, iconButton } from '../controls/button.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import type { TextInput } from '../controls/textInput.ts';
import { icon } from '../parts/icon.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { possibleActions } from '../shell/taskActions.ts';
import { isFinal } from '../state/taskGroups.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { fieldBoxStyles } from '../styles/fieldBoxStyles.ts';

type Message = TaskDetail['messages'][number];

/** Words for a task: into its queue while it works, or to go on with its session when it has ended. */
export class FollowUp extends LitElement {
  static override properties = {
    context: { attribute: false },
    task: { attribute: false },
    detail: { attribute: false },
    draft: { attribute: false },
    sending: { state: true },
    editing: { state: true },
  };
  declare context: PanelContext;
  declare task: TaskSummary;
  declare detail: TaskDetail | undefined;
  declare draft: string;
  declare sending: boolean;
  /** The message that is being changed, with its new words. What Claude was sent is called back for it, until it is taken up. */
  declare editing: { readonly id: string; readonly text: string } | undefined;

  static override styles = [
    ...baseStyles,
    controlStyles,
    fieldBoxStyles,
    css`
      :host {
        flex: none;
        padding: 8px var(--gutter) 10px;
        border-block-start: 1px solid var(--line);
        --input-max-height: 30vh;
      }
      ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 4px;
        max-block-size: 24vh;
        overflow-y: auto;
        margin: 0 0 7px;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: 4px;
        align-items: center;
        font-size: var(--small);
      }
      li .icon.small {
        color: var(--dim);
      }
      li .text {
        flex: 1;
        min-inline-size: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .note {
        margin-block-end: 7px;
        font-size: var(--small);
        color: var(--dim);
      }
      .field-actions {
        justify-content: flex-end;
      }
    `,
  ];

  constructor() {
    super();
    this.draft = '';
    this.sending = false;
  }

  override render(): unknown {
    const { detail, task } = this;
    const ended = isFinal(task.state);
    const messages = detail?.messages.filter(message => message.state !== 'delivered') ?? [];
    if (ended && detail !== undefined && !detail.canContinue) {
      return html`<div class="note">This task has no session to continue.</div>
        <div class="field-actions">${this.#action('runAgain', 'Run again')}</div>`;
    }
    const placeholder = ended ? 'Continue this session…' : 'Add something for this task…';
    return html`${messages.length === 0 ? nothing : html`<ul aria-label="Messages on their way">${messages.map(message => this.#message(message))}</ul>`}
      <div class="field-box">
        <panel-text-input
          label=${placeholder}
          placeholder=${placeholder}
          .value=${this.draft}
          .onInput=${(text: string) => this.context.store.dispatch({ type: 'followUp', taskId: task.id, text })}
          .onSubmit=${() => void this.#send()}
        ></panel-text-input>
        <div class="field-actions">
          ${ended && possibleActions(task).includes('fork') ? this.#action('fork', 'Fork', 'quiet') : nothing}
          ${button({
            label: ended ? 'Continue' : 'Send',
            look: ended ? 'primary' : 'secondary',
            hint: ended ? 'Goes on with the session (Ctrl+Enter)' : 'Send (Ctrl+Enter)',
            disabled: this.draft.trim() === '' || this.sending,
            onClick: () => void this.#send(),
          })}
        </div>
      </div>`;
  }

  override focus(): void {
    this.renderRoot.querySelector<TextInput>('.field-box panel-text-input')?.focus();
  }

  focusHome(): boolean {
    const field = this.renderRoot.querySelector<TextInput>('.field-box panel-text-input');
    field?.focus();
    return field !== null;
  }

  #action(action: 'runAgain' | 'fork', label: string, look: 'quiet' | 'secondary' = 'secondary'): TemplateResult {
    return button({
      label,
      look,
      ...(action === 'fork' ? { hint: 'A new task with the same session so far' } : {}),
      onClick: () =>
        void this.context.actions.run(action, this.task.id).then(reply => {
          if (reply.failure === undefined && reply.taskId !== undefined) {
            this.context.store.dispatch({ type: 'openTask', taskId: reply.taskId });
          }
        }),
    });
  }

  #message(message: Message): TemplateResult {
    if (this.editing?.id === message.id) {
      return this.#editor(this.editing);
    }
    const text = visibleText(message.text);
    const queued = message.state === 'queued';
    return html`<li>
      ${icon(queued ? 'clock' : 'send', 'small')}
      <span class="text" dir="auto" title=${text}
        ><span class="dim">${queued ? 'Queued: ' : 'On its way: '}</span>${text}</span
      >
      ${iconButton({
        icon: 'edit',
        label: 'Change this message',
        onClick: () => {
          this.editing = { id: message.id, text: message.text };
          void this.updateComplete.then(() => this.renderRoot.querySelector<TextInput>('li panel-text-input')?.focus());
        },
      })}
      ${iconButton({
        icon: 'close',
        label: 'Withdraw this message',
        onClick: () =>
          void this.context.actions.request({
            type: 'withdrawMessage',
            taskId: this.task.id,
            messageId: message.id,
          }),
      })}
    </li>`;
  }

  #editor(editing: { readonly id: string; readonly text: string }): TemplateResult {
    const save = (): void => {
      if (editing.text.trim() !== '') {
        this.editing = undefined;
        void this.context.actions.request({
          type: 'editMessage',
          taskId: this.task.id,
          messageId: editing.id,
          text: editing.text,
        });
      }
    };
    return html`<li>
      <panel-text-input
        class="grow field-box"
        label="Message on its way"
        .value=${editing.text}
        .submitWith=${'enter'}
        .onInput=${(text: string) => {
          this.editing = { ...editing, text };
        }}
        .onSubmit=${save}
        .onCancel=${() => {
          this.editing = undefined;
        }}
      ></panel-text-input>
      ${button({ label: 'Save', disabled: editing.text.trim() === '', onClick: save })}
    </li>`;
  }

  async #send(): Promise<void> {
    const { draft, task } = this;
    if (draft.trim() === '' || this.sending) {
      return;
    }
    this.sending = true;
    const reply = await this.context.actions.request({ type: 'sendMessage', taskId: task.id, text: draft });
    this.sending = false;
    if (reply.failure !== undefined) {
      return;
    }
    if (this.context.store.state.navigation.followUps[task.id] === draft) {
      this.context.store.dispatch({ type: 'followUp', taskId: task.id, text: '' });
    }
    this.context.store.dispatch({ type: 'navigate', change: { follow: true } });
    if (reply.taskId !== undefined && reply.taskId !== task.id) {
      this.context.store.dispatch({ type: 'openTask', taskId: reply.taskId });
    }
  }
}

customElements.define('panel-follow-up', FollowUp);
