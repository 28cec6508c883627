import type { ItemId } from './ids';

/** What brought content from outside of the thread's folder into the conversation. */
export interface OutsideSource {
  readonly kind: 'host' | 'command' | 'file';
  /** The host (ASCII), the command, or the absolute path. */
  readonly name: string;
}

/** Content from outside, and the item it came in with. */
export interface OutsideContent {
  readonly itemId: ItemId;
  readonly source: OutsideSource;
}

/** With one more; what an item brought in twice is there once. */
export function foldOutside(
  known: readonly OutsideContent[],
  { itemId, source }: OutsideContent,
): readonly OutsideContent[] {
  return hasOutside(known, itemId, source) ? known : [...known, { itemId, source }];
}

/** True where an item brought this in already. */
export function hasOutside(
  known: readonly OutsideContent[],
  itemId: ItemId,
  { kind, name }: OutsideSource,
): boolean {
  return known.some(
    (each) => each.itemId === itemId && each.source.kind === kind && each.source.name === name,
  );
}

/** Programs that fetch, as the first word of a command or of a part of it; for what no sandbox watches. */
const fetches =
  /(?:^|[\n;&|(]\s*|\b(?:sudo|env|time|nohup|exec)\s+)(?:curl|wget|aria2c|httpie|xh|https?|ssh|scp|sftp|rsync|ftp|nc|ncat|telnet|dig|nslookup|gh|glab|aws|gcloud|az|kubectl|docker\s+(?:pull|run|build)|podman\s+(?:pull|run|build)|git\s+(?:-\S+\s+\S+\s+)*(?:clone|fetch|pull|ls-remote|submodule)|(?:npm|pnpm|bun)\s+(?:i|install|ci|add|update|exec|view|audit)|yarn(?:\s+(?:install|add|up|upgrade|dlx))?(?:\s*$|\s+-)|npx|bunx|pipx?3?\s+(?:install|download|run)|uvx?|poetry\s+(?:add|install|update)|cargo\s+(?:install|add|fetch|update|search)|go\s+(?:get|install|mod)|gem\s+install|bundle\s+(?:install|update)|composer\s+(?:install|require|update)|apt(?:-get)?|brew)(?=\s|$)/;

/**
 * True where the words of a command say that it fetches something. It only says so of what runs with no sandbox around
 * it, whose connections nobody sees: a program that does not look like it may fetch all the same.
 */
export function seemsToFetch(command: string): boolean {
  return fetches.test(command.slice(0, 8000));
}
