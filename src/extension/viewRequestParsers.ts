import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { restoreScopes } from '../protocol/checkpoints';
import { textSources } from '../protocol/input';
import { inputLimits } from '../protocol/inputLimits';
import { mentionScopes } from '../protocol/mentions';
import { efforts, modes } from '../protocol/turnContext';
import type { ViewRequestName, ViewRequests } from '../protocol/viewProtocol';

/** Upper bounds for what a view may send; each is far beyond what a person does. */
const limits = { ...inputLimits, id: 200, path: 4096, paths: 10_000 };

const id = z.string().min(1).max(limits.id);
const path = z.string().min(1).max(limits.path);
const text = z.string().max(limits.text);
/** Text that says something. */
const words = text.regex(/\S/);
const line = z.number().int().min(1).max(10_000_000);
const nothing = z.object({});

const selection = z.object({
  kind: z.literal('selection'),
  path,
  startLine: line,
  endLine: line,
  text,
  symbol: z.string().max(limits.path).exactOptional(),
  id: id.exactOptional(),
  gone: z.literal(true).exactOptional(),
});

const attachment = z.discriminatedUnion('kind', [
  selection,
  z.object({ kind: z.literal('file'), path }),
  z.object({
    kind: z.literal('text'),
    source: z.enum(textSources),
    name: z.string().max(limits.path),
    text,
    cut: z.literal(true).exactOptional(),
  }),
  z.object({
    kind: z.literal('image'),
    name: z.string().max(limits.path),
    dataUrl: z
      .string()
      .max(limits.image)
      .regex(/^data:image\/(png|jpeg|gif|webp);base64,/),
  }),
]);

const input = z.object({ text, attachments: z.array(attachment).max(limits.attachments) });

const mention = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal(['file', 'folder']), path }),
  z.object({
    kind: z.literal('symbol'),
    name: z.string().max(limits.path),
    container: z.string().max(limits.path),
    path,
    startLine: line,
    endLine: line,
  }),
  z.object({ kind: z.literal(['problems', 'terminal', 'diff']) }),
]);

const checkpoint = z.object({ turnId: id, itemId: id.exactOptional() });

const parsers: { readonly [Name in ViewRequestName]: z.ZodType<ViewRequests[Name]['params']> } = {
  'view/ready': nothing,
  'view/received': z.object({ receipt: z.number().int().nonnegative() }),
  'view/focused': nothing,
  'thread/start': nothing,
  'thread/open': z.object({ threadId: id }),
  'thread/list': nothing,
  'thread/search': z.object({ query: z.string().max(limits.id) }),
  'thread/fork': z.object({ threadId: id, turnId: id.exactOptional() }),
  'thread/rename': z.object({ threadId: id, title: z.string().trim().min(1).max(limits.id) }),
  'thread/archive': z.object({ threadId: id, archived: z.boolean() }),
  'thread/delete': z.object({ threadId: id }),
  'thread/undelete': z.object({ threadId: id }),
  'thread/export': z.object({ threadId: id, format: z.enum(['markdown', 'jsonLines']) }),
  'thread/takeOver': nothing,
  'turn/start': z.object({ input }),
  'turn/steer': z.object({ input }),
  'turn/queue': z.object({ input }),
  'waiting/edit': z.object({ id, text: words }),
  'waiting/remove': z.object({ id }),
  'waiting/send': z.object({ id }),
  'question/answer': z.object({ itemId: id, answers: z.record(text, text) }),
  'plan/resolve': z.object({
    itemId: id,
    decision: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('approved'), text: words }),
      z.object({ kind: z.literal('sentBack'), remarks: words }),
    ]),
  }),
  'thread/compact': nothing,
  'summary/edit': z.object({ itemId: id, summary: text }),
  'turn/interrupt': nothing,
  'approval/resolve': z.object({
    approvalId: id,
    decision: z.enum(['approve', 'approveForThread', 'deny', 'cancel']),
    shown: text,
  }),
  'changes/resolve': z.object({
    resolution: z.enum(['accept', 'reject']),
    target: z
      .object({
        path: path.exactOptional(),
        hunkId: id.exactOptional(),
        parts: z
          .array(z.object({ path, hunkIds: z.array(id).min(1).max(limits.paths).exactOptional() }))
          .min(1)
          .max(limits.paths)
          .exactOptional(),
        group: z.literal(true).exactOptional(),
      })
      .refine((target) => target.hunkId === undefined || target.path !== undefined)
      .refine((target) => target.parts === undefined || target.path === undefined),
  }),
  'changes/preview': z.object({ path, hunkId: id, whole: z.boolean().exactOptional() }),
  'changes/origins': nothing,
  'changes/seen': nothing,
  'changes/markSeen': z.object({
    threadId: id,
    seen: z.record(path, z.array(z.string().max(limits.id)).max(limits.paths)),
  }),
  'checkpoint/preview': z.object({ checkpoint }),
  'checkpoint/restore': z.object({
    checkpoint,
    scope: z.enum(restoreScopes),
    takeCheckpoint: z.array(path).max(limits.paths),
  }),
  'checkpoint/compare': z.object({ checkpoint, path }),
  'checkpoint/undo': z.object({ restoreId: id }),
  'review/start': z.object({
    target: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('uncommitted') }),
        z.object({ kind: z.literal('base'), ref: id }),
        z.object({ kind: z.literal('commit'), sha: id }),
      ])
      .exactOptional(),
    choose: z.enum(['base', 'commit']).exactOptional(),
    instruction: text,
  }),
  'finding/fix': z.object({ findingId: id }),
  'finding/dismiss': z.object({ findingId: id }),
  'commit/preview': nothing,
  'commit/draft': nothing,
  'commit/create': z.object({ message: words, token: id }),
  'commit/stop': nothing,
  'pullRequest/write': nothing,
  'comment/edit': z.object({ id, text: words }),
  'comment/remove': z.object({ id }),
  'comment/open': z.object({ id }),
  'comments/send': nothing,
  'rejection/explain': z.object({ path, hunkId: id, reason: words }),
  'changes/open': nothing,
  'file/open': z.object({ path, line: line.exactOptional() }),
  'code/insert': z.object({ text }),
  'code/open': z.object({ text, language: id.exactOptional() }),
  'image/read': z.object({ itemId: id }),
  'link/open': z.object({ url: z.string().max(limits.path) }),
  'settings/update': z.object({
    mode: z.enum(modes).exactOptional(),
    model: id.exactOptional(),
    effort: z.enum(efforts).exactOptional(),
  }),
  'models/load': nothing,
  'sandbox/check': nothing,
  'policies/open': nothing,
  'connection/test': nothing,
  'attachment/pick': nothing,
  'attachment/drop': z.object({ uris: z.array(path).min(1).max(limits.attachments) }),
  'attachment/open': z.object({ text }),
  'mention/search': z.object({ scope: z.enum(mentionScopes), query: z.string().max(limits.id) }),
  'mention/attach': z.object({ mention }),
  'selections/follow': z.object({ selections: z.array(selection).max(limits.attachments) }),
  'thread/context': nothing,
  'thread/status': nothing,
  'instructions/write': z.object({ words: text }),
  'terminal/open': z.object({ itemId: id }),
  'key/set': nothing,
  'workspace/open': nothing,
  'workspace/trust': nothing,
  'baseUrl/open': nothing,
};

/** A request of the view whose shape is known to be right. */
export type ParsedRequest =
  | {
      [Name in ViewRequestName]: {
        readonly id: number;
        readonly name: Name;
        readonly params: ViewRequests[Name]['params'];
      };
    }[ViewRequestName]
  /** Known, but its parameters are not what they must be. */
  | { readonly id: number; readonly name: ViewRequestName; readonly problem: string };

const envelope = z.object({
  id: z.number().int().nonnegative(),
  name: z.string().max(limits.id),
  params: z.unknown(),
});

/**
 * Reads a message from the view, which is treated as untrusted: only the fields that are known are copied.
 * Answers undefined for whatever is not a request of ours.
 */
export function parseViewRequest(message: unknown): ParsedRequest | undefined {
  const outer = envelope.safeParse(message);
  if (!outer.success || !isRequestName(outer.data.name)) return undefined;
  const { id, name } = outer.data;
  const parsed = parsers[name].safeParse(outer.data.params ?? {});
  if (parsed.success) return { id, name, params: parsed.data } as ParsedRequest;
  const where = parsed.error.issues[0]?.path.join('.') || 'params';
  const problem = l10n.t('The view sent a {0} request that is not valid at {1}.', name, where);
  return { id, name, problem };
}

function isRequestName(name: string): name is ViewRequestName {
  return Object.hasOwn(parsers, name);
}
