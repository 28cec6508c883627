import type { InstructionFile } from '../ports/instructionFiles';
import type { ModelItem } from '../protocol/modelItem';
import type { ModelProfile } from '../protocol/modelProfile';
import type { TurnContext } from '../protocol/turnContext';
import { writeOutHidden } from '../protocol/visibleText';
import { networkText } from './networkText';
import { personalityText } from './personalities';

/** A named part of what the model is told about its situation; an absent text says that it no longer applies. */
export interface ContextPart {
  readonly role: 'developer' | 'user';
  readonly tag: string;
  readonly text: string | undefined;
}

/** What the situation is made of; see `contextParts`. */
export interface Situation {
  readonly context: TurnContext;
  readonly profile: ModelProfile;
  readonly instructionFiles: readonly InstructionFile[];
  readonly shellName: string;
  /** Why commands cannot be confined; undefined where they can. */
  readonly sandboxUnavailable: string | undefined;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly timeZone: string;
}

/** Everything the model is told about its situation, in the order it is told. */
export function contextParts(situation: Situation): ContextPart[] {
  const { context, profile } = situation;
  return [
    { role: 'developer', tag: 'permissions', text: permissionsText(situation) },
    { role: 'developer', tag: 'mode', text: modeText(context.mode) },
    {
      role: 'developer',
      tag: 'personality',
      text: profile.personality ? personalityText(context.personality) : undefined,
    },
    {
      role: 'developer',
      tag: 'preambles',
      text: context.preambles ? (profile.preambles ?? undefined) : undefined,
    },
    {
      role: 'user',
      tag: 'project_instructions',
      text: instructionFilesText(situation.instructionFiles),
    },
    {
      role: 'user',
      tag: 'environment_context',
      text: [
        `<cwd>${context.cwd}</cwd>`,
        `<shell>${situation.shellName}</shell>`,
        `<current_date>${situation.date}</current_date>`,
        `<timezone>${situation.timeZone}</timezone>`,
      ].join('\n'),
    },
  ];
}

/**
 * The messages that bring the model from what the history already says to what is true now: all parts at first,
 * later only those that changed. The history itself is never edited, so requests keep their prefix.
 */
export function contextUpdate(
  history: readonly ModelItem[],
  parts: readonly ContextPart[],
): ModelItem[] {
  const said = saidParts(history);
  const messages: ModelItem[] = [];
  for (const role of ['developer', 'user'] as const) {
    const changed = parts
      .filter((part) => part.role === role)
      .map((part) => ({ tag: part.tag, text: wrapped(part) }))
      .filter(
        ({ tag, text }) => text !== (said.get(tag) ?? wrapped({ role, tag, text: undefined })),
      );
    if (changed.length === 0) continue;
    messages.push({
      type: 'message',
      role,
      content: changed.map(({ text }) => ({ type: 'input_text', text })),
    });
  }
  return messages;
}

function wrapped(part: ContextPart): string {
  return `<${part.tag}>\n${part.text ?? 'Nothing applies here any longer.'}\n</${part.tag}>`;
}

/** The latest text of each part in the history. Only messages made of such parts are looked at. */
function saidParts(history: readonly ModelItem[]): Map<string, string> {
  const said = new Map<string, string>();
  for (const item of history) {
    if (item.type !== 'message' || !Array.isArray(item.content)) continue;
    for (const content of item.content) {
      if (content.type !== 'input_text') continue;
      const tag = situationTag(content.text);
      if (tag !== undefined) said.set(tag, content.text);
    }
  }
  return said;
}

/** The tag of a text that is such a part; undefined for any other text. */
export function situationTag(text: string): string | undefined {
  return /^<(\w+)>\n[^]*\n<\/\1>$/.exec(text)?.[1];
}

function permissionsText({ context, sandboxUnavailable }: Situation): string {
  const lines: string[] = [];
  if (context.sandboxMode === 'full-access') {
    lines.push('Commands run without a sandbox, with the rights of the person.');
  } else if (sandboxUnavailable !== undefined) {
    lines.push(
      `No sandbox is available here (${sandboxUnavailable}), so commands that may do more than read need approval.`,
    );
  } else {
    lines.push(...sandboxLines(context));
  }
  lines.push(
    {
      untrusted: 'The person is asked before every command that is not plainly read-only.',
      'on-request':
        'The person is asked before commands that may do harm. Ask by calling the tool; do not ask in text.',
      never:
        'Nobody approves commands: what would need approval is refused. Find a way within what is allowed, or say what you could not do.',
    }[context.approvalPolicy],
  );
  if (context.sandboxMode === 'read-only')
    lines.push('Files may only be read unless the person approves a change.');
  lines.push(
    'Edits with apply_patch inside the folder need no approval: the person reviews them afterwards. Some paths are protected (.git, .vscode) and always ask.',
  );
  return lines.join('\n');
}

function sandboxLines(context: TurnContext): string[] {
  const { sandboxMode, approvalPolicy } = context;
  const places =
    sandboxMode === 'workspace-write'
      ? 'They write inside the folder and in $TMPDIR; the rest of the machine is read-only, and so are .git, .vscode and other names that programs obey, so `git commit`, `git add` and `git checkout` fail there. What they write under such names elsewhere (.npmrc, .claude) is taken back unless the person approves it: use apply_patch for those.'
      : 'They read files and write in $TMPDIR only.';
  return [
    'Commands run in a sandbox.',
    places,
    'There is no way to sockets of other programs, and keys and passwords are hidden. Package caches can be read.',
    networkText(context),
    approvalPolicy === 'never'
      ? 'Nothing runs outside the sandbox.'
      : 'Where a command must do more, call exec_command with sandbox_permissions set to require_escalated and a justification in one sentence: the person is asked. Do that for what cannot work inside, such as a commit that was asked for; do not try tricks around the sandbox.',
  ];
}

function modeText(mode: TurnContext['mode']): string {
  switch (mode) {
    case 'agent':
      return 'Mode: agent. Carry out what is asked, edits and commands included.';
    case 'ask':
      return 'Mode: ask. Answer questions. Files cannot be changed and commands with effects are refused.';
    case 'plan':
      return [
        'Mode: plan. Files cannot be changed and commands with effects are refused; nothing is built yet.',
        '1. Explore first: read the code, its tests and its conventions until you know what the change touches.',
        '2. Ask with request_user_input what changes the result and cannot be found out; choose the rest yourself.',
        '3. End with the plan as your final message, in Markdown, and nothing else in it: the goal, the steps with files and names, edge cases, how it will be checked, and what you assumed. Leave no decision open, so that another engineer could carry it out without asking.',
        'The person edits the plan, approves it, or sends it back with remarks. Do not ask in text whether to go on.',
      ].join('\n');
  }
}

function instructionFilesText(files: readonly InstructionFile[]): string | undefined {
  if (files.length === 0) return undefined;
  // What a person does not see when they read such a file is no instruction of theirs.
  return files
    .map((file) => `# Instructions for ${file.folder}\n\n${writeOutHidden(file.text)}`)
    .join('\n\n');
}
