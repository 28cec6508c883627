import * as l10n from '@vscode/l10n';
import type { CommandAccess } from './access';
import { movesTo } from './folderMoves';
import { exactGrant, prefixGrant, type EditedFiles, type Grant, type GrantScope } from './grants';
import type { CommandJudgement } from './judgeCommand';
import { possibleRules, prefixRule } from './prefixRules';
import { isPlainlyHere } from './realPlaces';
import type { PolicySituation } from './verdict';

/** More names of files than this leave no room for the rest of a question. */
const mostNames = 5;

/** The grants that a command may have been given, and the one it would be. */
export class CommandGrants {
  private readonly exact: Grant;
  private readonly acting: readonly (readonly string[])[] | undefined;
  private edited: EditedFiles | undefined;

  constructor(
    private readonly access: CommandAccess,
    private readonly judged: CommandJudgement,
    private readonly situation: PolicySituation,
    private readonly scope: GrantScope,
    private readonly known: {
      /** Whether it would be noticed that what it runs has changed. */
      readonly comparable: boolean;
      readonly confined: boolean;
    },
  ) {
    const words = judged.commands?.map((command) => command.words);
    // Blanks at the end may mean something in a line that is not plain.
    this.exact = exactGrant(words ? access.command.trim() : access.command, scope);
    // What changes its folder on the way would carry a rule to another one.
    const moves = words?.some((command) => movesTo(command) !== undefined);
    const acting = judged.commands?.filter(({ readOnly }) => !readOnly);
    this.acting = moves ? undefined : acting?.map((command) => command.words);
  }

  get areGiven(): boolean {
    const { grants } = this.situation;
    return this.candidates.some((each) =>
      each.every((some) => grants.allows(some, () => this.editedNow)),
    );
  }

  /** Why it asks although it was approved, a phrase for people; none where it was not. */
  get whyNotAnyMore(): readonly string[] {
    const { grants } = this.situation;
    const changed = this.candidates.flat().flatMap((some) => {
      return grants.editedSince(some, () => this.editedNow);
    });
    const [name, ...others] = new Set(changed);
    if (name === undefined) return [];
    if (others.length === 0) {
      return [l10n.t('may run {0}, which the agent edited after you approved this', name)];
    }
    const names = [name, ...others].slice(0, mostNames).join(', ');
    const shown = others.length < mostNames ? names : `${names}, …`;
    return [l10n.t('may run files that the agent edited after you approved this: {0}', shown)];
  }

  /** The rule where there is a sound one, else the very command; undefined where nothing may be remembered. */
  get offered(): Grant | undefined {
    if (!this.canBeRemembered) return undefined;
    const grant = this.ruleOffered ?? this.exact;
    return this.known.confined ? grant : { ...grant, edited: this.editedNow };
  }

  private get ruleOffered(): Grant | undefined {
    const [words, ...others] = this.acting ?? [];
    // Content from outside may have led here: only what is seen is approved, nothing like it.
    const exactOnly = this.situation.outsideContent !== undefined;
    if (!words || others.length > 0 || this.judged.destructive || exactOnly) return undefined;
    const rule = prefixRule(words, this.access.suggestedPrefix, this.isHere);
    return rule && prefixGrant(rule, this.scope);
  }

  /** What may have been given: this very command, or for each part that does something one of some rules. */
  private get candidates(): readonly (readonly (readonly Grant[])[])[] {
    if (!this.canBeRemembered) return [];
    const { judged, acting = [], scope } = this;
    if (judged.destructive || acting.length === 0) return [[[this.exact]]];
    const rules = acting.map((words) =>
      possibleRules(words, this.isHere).map((rule) => prefixGrant(rule, scope)),
    );
    return [[[this.exact]], rules];
  }

  /**
   * What destroys work asks each time, and so does another shell, whose words mean other things, and what runs whatever
   * is in a folder.
   */
  private get canBeRemembered(): boolean {
    const { destructive, rebuildable } = this.judged;
    if (this.access.unusualShell || !this.known.comparable) return false;
    return !destructive || rebuildable;
  }

  /**
   * What the agent edited in this thread, as it is now. Outside a sandbox a command may run any of it: a test, a
   * configuration, a module, and what that does has no bounds.
   */
  private get editedNow(): EditedFiles {
    const { editedPaths, machine, root } = this.situation;
    return (this.edited ??= new Map(
      this.known.confined
        ? []
        : [...editedPaths].map((path) => [path, machine.fingerprint(`${root}/${path}`)]),
    ));
  }

  private readonly isHere = (word: string) => isPlainlyHere(word, this.access.cwd, this.situation);
}
